import { en } from '../../../../player/strings/en.ts'
import { goOffline, hold } from '../network.ts'
import { cloze, essay, gallery, numeric, single, truth } from './document.ts'
import { introduce, play, press, type State } from './stage.ts'

/** What comes between beginning and end, and the end. */

const WRONG = { responses: { single: { choice: 'golang' } } }
const MIXED = {
  responses: { single: { choice: 'scratch' }, truth: { choice: 'true' }, numeric: { number: '25', unit: 'ms' } },
}

export const attempts: Readonly<Record<string, State>> = {
  'right answer': (stage) => play(stage, gallery({}, [single]), { responses: { single: { choice: 'scratch' } } }),
  saved: (stage) => play(stage, gallery({ feedback: 'deferred' }, [single, truth]), WRONG, 1),
  certainty: (stage) => play(stage, gallery({ certainty: true }, [single])),
  'certainty, closed': (stage) => play(stage, gallery({ certainty: true }, [single]), { ...WRONG, certainty: 3 }),
  async advice(stage) {
    await play(stage, gallery())
    await press(stage.page, en.quiz.check)
    await stage.page.getByRole('alert').waitFor()
  },
  async checking(stage) {
    await play(stage, gallery({}, [truth]))
    await hold(stage.page, '**/responses')
    await stage.page.getByRole('radio').first().check()
    await press(stage.page, en.quiz.check)
    await stage.page.getByRole('button', { name: en.quiz.checking }).waitFor()
  },
  async 'without a connection'(stage) {
    await play(stage, gallery({}, [truth]))
    await stage.page.getByRole('radio').first().check()
    await goOffline(stage.page)
    await press(stage.page, en.quiz.check)
    await stage.page.getByText(en.problem.offline).waitFor()
  },
  async 'not saved'(stage) {
    await play(stage, gallery({ feedback: 'deferred' }, [numeric]), {
      responses: { numeric: { number: '1', unit: 'ms' } },
    })
    await stage.page.getByRole('textbox').fill('much')
    await stage.page.getByText(en.quiz.unsaved).waitFor()
  },
  async 'outline, unfolded'(stage) {
    await stage.page.setViewportSize({ width: 390, height: 844 })
    await play(stage, gallery({}), MIXED)
    await press(stage.page, en.quiz.outline)
  },
  async dialog(stage) {
    await play(stage, gallery({}), MIXED)
    await press(stage.page, en.quiz.toFinish)
    await stage.page.getByRole('dialog').waitFor()
  },
  timer: (stage) => play(stage, gallery({ timeLimitSeconds: 5400 })),
  'timer, nearly up': (stage) => play(stage, gallery({ timeLimitSeconds: 50 }, [cloze])),

  'review, passed': (stage) => play(stage, gallery({ passingScore: 0.1 }), { ...MIXED, isFinished: true }),
  'review, not passed': (stage) => play(stage, gallery({}, [single, truth, numeric]), { ...WRONG, isFinished: true }),
  'review, pending': (stage) =>
    play(stage, gallery({}, [truth, essay]), {
      responses: { truth: { choice: 'false' }, essay: { text: 'Why?' } },
      isFinished: true,
    }),
  'review, hidden': (stage) =>
    play(stage, gallery({ feedback: 'never', review: { finished: [] } }), { ...MIXED, isFinished: true }),
  'review, with certainty': (stage) =>
    play(stage, gallery({ certainty: true }, [single, truth, numeric]), { ...MIXED, certainty: 2, isFinished: true }),
  async 'review, to take again'(stage) {
    await introduce(stage, gallery({}, [single, numeric]))
    await press(stage.page, en.intro.start)
    await press(stage.page, en.quiz.toFinish)
    await press(stage.page, en.finish.confirm)
    await stage.page.getByRole('button', { name: en.review.again }).waitFor()
  },
  async 'review of a question that was left out'(stage) {
    const review = { finished: ['verdict', 'score', 'feedback', 'explanation', 'answer', 'unanswered'] }
    await play(stage, gallery({ review }, [single, truth]), { isFinished: true }, 1)
  },
  'review of a question': (stage) => play(stage, gallery(), { ...MIXED, isFinished: true }, 2),
}
