import { brief, edited, QUESTION, readQuestions } from './bank-files.ts'
import { describe, expect, it } from 'vitest'

/** Lines of the sound question are replaced; what is expected is the line and code of every error. */
const malformed: [name: string, edits: Record<number, string>, expected: string[]][] = [
  ['no front matter', { 1: 'section', 9: '' }, ['1 missing-front-matter']],
  ['front matter that is never closed', { 9: '' }, ['1 missing-front-matter']],
  ['front matter that is no mapping', { 2: '- a', 3: '', 4: '', 5: '', 6: '', 7: '', 8: '' }, ['2 invalid-shape']],
  ['a YAML list that is never closed', { 7: '  - choose: [1' }, ['8 invalid-yaml']],
  ['a field that is there twice', { 3: 'type: single-choice\ntype: true-false' }, ['4 invalid-yaml']],
  ['a YAML alias', { 2: 'section: &s one', 3: 'type: *s' }, ['3 invalid-yaml']],
  ['an unknown field', { 3: 'type: single-choice\npoint: 2' }, ['4 unknown-field']],
  ['an unknown type', { 3: 'type: multi' }, ['3 unknown-type']],
  ['no type', { 3: '' }, ['1 unknown-type']],
  ['a type of some other system', { 3: 'type: hotspot' }, ['3 unknown-type']],
  ['a section that the quiz has not', { 2: 'section: two' }, ['2 unknown-id']],
  ['no section', { 2: '' }, ['1 invalid-shape']],
  ['points that are no number', { 3: 'type: single-choice\npoints: many' }, ['4 invalid-shape']],
  ['an id with a space in it', { 3: 'id: a b\ntype: single-choice' }, ['3 invalid-id']],
  ['an id that is a number', { 3: 'type: single-choice\nid: 12' }, ['4 invalid-id']],
  ['an unknown scoring method', { 3: 'type: single-choice\nscoring:\n  method: luck' }, ['5 invalid-shape']],
  [
    'a scoring method that does not fit',
    { 3: 'type: single-choice\nscoring: { method: net-correct }' },
    ['4 inconsistent'],
  ],
  ['HTML in the prompt', { 11: 'Which <b>one</b>?' }, ['11 raw-html', '11 raw-html']],
  ['a link that runs a script', { 11: 'See [this](javascript:alert).' }, ['11 link']],
  ['a link to a neighbour of the page', { 11: 'See [this](./a.html).' }, ['11 link']],
  ['an image in the text itself', { 14: '  > ![x](data:image/png;base64,AAAA)' }, ['14 link']],
  ['an image without an address', { 14: '  > ![x](picture.png)' }, ['14 link']],
  ['no prompt', { 11: '' }, ['13 no-prompt']],
  ['no options', { 13: '', 14: '', 15: '', 16: '' }, ['11 no-options']],
  ['an option without a box', { 13: '- Alpha' }, ['13 no-box']],
  ['an option without a text', { 13: '- [ ]' }, ['13 no-box']],
  ['an option without feedback', { 14: '' }, ['13 no-feedback']],
  ['an option with empty feedback', { 16: '  >' }, ['15 no-feedback']],
  ['two pieces of feedback', { 14: '  > One.\n\n  > Two.' }, ['16 misplaced-text']],
  ['text behind the feedback', { 14: '  > One.\n\n  Two.' }, ['16 misplaced-text']],
  ['text behind the options', { 17: '\nMore.' }, ['18 misplaced-text']],
  ['options in two lists', { 15: '* [x] Bravo' }, ['13 misplaced-text', '5 unknown-option']],
  ['a pin that is no id', { 13: '- [ ] Alpha {#a b}' }, ['13 invalid-id']],
  ['a pin before the end of the text', { 13: '- [ ] Alpha {#a}\n\n  More.\n' }, ['13 misplaced-text']],
  ['one id pinned twice', { 13: '- [ ] Alpha {#a}', 15: '- [x] Bravo {#a}' }, ['15 duplicate']],
  ['one text twice', { 15: '- [x] Alpha' }, ['15 duplicate']],
  ['no right option', { 15: '- [ ] Bravo' }, ['13 inconsistent']],
  ['two right options of a single choice', { 13: '- [x] Alpha' }, ['15 inconsistent']],
  ['no right option of several', { 3: 'type: multiple-choice', 15: '- [ ] Bravo' }, ['13 inconsistent']],
  ['true and false with other words', { 3: 'type: true-false' }, ['13 inconsistent']],
  ['no explanation', { 18: '' }, ['20 misplaced-text', '1 no-explanation']],
  ['an empty explanation', { 18: '## Hints\n\n- One.\n\n## Explanation', 20: '' }, ['22 no-explanation']],
  ['an unknown heading', { 18: '## Explanation\n\n## Answer' }, ['20 unknown-section', '18 no-explanation']],
  ['a large heading', { 11: '# Prompt' }, ['11 unknown-section', '1 no-options']],
  ['a heading twice', { 18: '## Explanation\n\nOnce.\n\n## Explanation' }, ['22 duplicate']],
  ['hints that are no list', { 18: '## Hints\n\nOne.\n\n## Explanation' }, ['18 empty-section']],
  ['text behind the hints', { 18: '## Hints\n\n- One.\n\nTwo.\n\n## Explanation' }, ['22 misplaced-text']],
  ['feedback of no verdict', { 18: '## Feedback\n\nWell.\n\n## Explanation' }, ['20 misplaced-text']],
  ['an empty feedback section', { 18: '## Feedback\n\n## Explanation' }, ['18 empty-section']],
  ['an empty verdict', { 18: '## Feedback\n\n### Correct\n\n## Explanation' }, ['20 empty-section']],
  [
    'an unknown verdict',
    { 18: '## Feedback\n\n### Wrong\n\nNo.\n\n## Explanation' },
    ['20 unknown-section', '18 empty-section'],
  ],
  ['no samples', { 4: '', 5: '', 6: '', 7: '', 8: '' }, ['1 no-full-sample']],
  ['no sample that earns everything', { 5: '  - choose: [1]', 6: '    earns: 0' }, ['4 no-full-sample']],
  ['a sample that claims to earn 0/0', { 6: '    earns: 0/0' }, ['4 no-full-sample']],
  ['a sample that earns less than it claims', { 8: '    earns: 1/2' }, ['8 inconsistent']],
  ['a sample that claims no fraction', { 8: '    earns: half' }, ['8 invalid-shape']],
  ['a sample that claims nothing', { 8: '' }, ['7 invalid-shape']],
  ['a sample of an option that is not there', { 7: '  - choose: [3]' }, ['7 unknown-option']],
  ['a sample that counts from 0', { 7: '  - choose: [0]' }, ['7 unknown-option']],
  ['a sample of two options of a single choice', { 7: '  - choose: [1, 2]' }, ['7 inconsistent']],
  ['a sample of one option twice', { 3: 'type: multiple-choice', 7: '  - choose: [1,\n      1]' }, ['8 duplicate']],
  ['a sample that chooses no list', { 7: '  - choose: 1' }, ['7 invalid-shape']],
  ['a sample with an unknown field', { 8: '    earns: 0\n    earn: 1' }, ['9 unknown-field']],
  ['a sample that is no mapping', { 7: '  - wrong', 8: '' }, ['7 invalid-shape']],
  ['samples that are no list', { 4: 'samples: all', 5: '', 6: '', 7: '', 8: '' }, ['4 invalid-shape']],
  ['a footnote', { 11: 'Which one?[^1]\n\n[^1]: Really.' }, ['11 not-supported', '13 not-supported']],
  [
    'a link whose address is in another part',
    { 11: 'Which [one]?', 20: 'So.\n\n[one]: https://example.com' },
    ['11 dangling-link'],
  ],
]

describe('a question is refused at the line where it goes wrong', () => {
  for (const [name, edits, expected] of malformed) {
    it(`for ${name}`, async () => {
      const { findings } = await readQuestions([edited(QUESTION, edits)])
      const errors = findings.filter(({ severity }) => severity === 'error')
      const places = expected.map((place) => `bank/quiz/1-q1.md:${place}`)
      expect(brief(errors).toSorted()).toEqual(places.toSorted())
    })
  }

  it('and every sentence ends as one', async () => {
    const all = await Promise.all(malformed.map(([, edits]) => readQuestions([edited(QUESTION, edits)])))
    const messages = all.flatMap(({ findings }) => findings.map(({ message }) => message))
    expect(messages.filter((message) => !/[.)]$/.test(message))).toEqual([])
  })

  it('and the sound one it was made from is not', async () => {
    expect((await readQuestions([QUESTION])).findings).toEqual([])
  })
})
