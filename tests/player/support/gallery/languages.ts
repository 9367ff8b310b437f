import { de } from '../../../../player/strings/de.ts'
import type { Json } from '../../../support/quiz-document.ts'
import { gallery, matching, single, truth } from './document.ts'
import { introduce, play, press, type State } from './stage.ts'

/** In other languages than English: all of it, or the questions alone, which may run from right to left. */

const german = (policy: Json = {}) => gallery(policy, [single, truth, matching], { language: 'de' })

/** Of a quiz in Arabic; a language that the player has not learned. */
const QUESTIONS: readonly Json[] = [
  {
    id: 'order',
    section: 'images',
    type: 'ordering',
    prompt: 'رتّب ما يفعله الأمر `docker run` من الأول إلى الأخير.',
    items: [
      { id: 'pull', text: 'تُنزَّل **الصورة** من السجل' },
      { id: 'mount', text: 'تُركَّب طبقاتها باستخدام `overlayfs`' },
      { id: 'exec', text: 'تبدأ العملية: `execve("/server", …)`' },
    ],
    key: { order: ['pull', 'mount', 'exec'] },
    explanation: 'تُنزَّل الصورة أولًا.',
  },
  {
    id: 'single',
    section: 'images',
    type: 'single-choice',
    prompt: 'ما الذي يقرر محتوى الصورة؟\n\n```dockerfile\nFROM scratch\nCOPY --from=build /out/server /server\n```',
    options: [
      { id: 'scratch', text: 'المرحلة الأخيرة: `FROM scratch`', feedback: 'لا يبقى في الصورة غير ما تنسخه هذه المرحلة.' },
      { id: 'first', text: 'المرحلة الأولى', feedback: 'هذه مكان للعمل فقط.' },
    ],
    key: { choice: 'scratch' },
    explanation:
      'تبدأ كل `FROM` مرحلة جديدة:\n\n- المرحلة الأخيرة هي الصورة.\n- وما سواها لا يُشحن.\n\n| الأمر | طبقة |\n|---|---|\n| `COPY` | نعم |',
  },
  {
    id: 'cloze',
    section: 'images',
    type: 'cloze',
    prompt: 'يرسل النواة الإشارة {{signal}} عندما تتجاوز العملية {{amount}} ميبي بايت.',
    blanks: [
      { id: 'signal', type: 'short-text' },
      { id: 'amount', type: 'numeric' },
    ],
    key: { blanks: { signal: { answers: [{ text: 'SIGKILL' }] }, amount: { answers: [{ value: '256' }] } } },
    explanation: 'لا تستطيع أي عملية اعتراضها.',
  },
]

export const arabic = (policy: Json = {}) =>
  gallery(policy, QUESTIONS, {
    language: 'ar',
    title: 'مما تتكوّن الحاوية',
    description: 'ثلاثة أسئلة عن **الصور** والطبقات.',
    sections: [{ id: 'images', title: 'الصور والطبقات' }],
  })

const WRONG = { responses: { single: { choice: 'golang' } } }

/** As it will look in a language of the player that runs so. */
const mirrored =
  (state: State): State =>
  async (stage) => {
    await state(stage)
    const frame = stage.page.locator('answerkey-quiz [part=frame]')
    await frame.evaluate((element) => element.setAttribute('dir', 'rtl'))
  }

const review: State = (stage) => play(stage, gallery({}, [single, truth, matching]), { ...WRONG, isFinished: true })

export const languages: Readonly<Record<string, State>> = {
  async 'German, intro'(stage) {
    await introduce(stage, german({ timeLimitSeconds: 5400, certainty: true }), de.intro.start)
  },
  'German, wrong with tries left': (stage) => play(stage, german({ tries: 3 }), WRONG, 1),
  'German, matching closed': (stage) =>
    play(stage, german(), { responses: { matching: { pairs: { runc: 'keeps' } } } }, 3),
  async 'German, dialog'(stage) {
    await play(stage, german(), WRONG)
    await press(stage.page, de.quiz.toFinish)
    await stage.page.getByRole('dialog').waitFor()
  },
  'German, review': (stage) => play(stage, german(), { ...WRONG, isFinished: true }),
  'Arabic, intro': (stage) => introduce(stage, arabic()),
  'Arabic, ordering': (stage) =>
    play(stage, arabic({ tries: 2 }), { responses: { order: { order: ['exec', 'pull', 'mount'] } } }, 1),
  'Arabic, single choice closed': (stage) => play(stage, arabic(), { responses: { single: { choice: 'first' } } }, 2),
  'Arabic, cloze': (stage) => play(stage, arabic(), {}, 3),
  'mirrored, single choice closed': mirrored((stage) =>
    play(stage, arabic(), { responses: { single: { choice: 'first' } } }, 2),
  ),
  'mirrored, ordering': mirrored((stage) => play(stage, arabic(), {}, 1)),
  'mirrored, review': mirrored(review),
}
