import type { Page } from 'playwright-core'
import { en } from '../../../../player/strings/en.ts'
import type { Json } from '../../../support/quiz-document.ts'
import * as questions from './document.ts'
import { gallery, truth } from './document.ts'
import { play, type State } from './stage.ts'

/** Each type of question, as an attempt brings it. */

interface Type {
  readonly question: Json
  /** Earns something at most, and has something said of it. */
  readonly response: unknown
  /** Gives some answer by hand. */
  readonly choose: (page: Page) => Promise<unknown>
}

const TYPES: Readonly<Record<string, Type>> = {
  'single choice': {
    question: questions.single,
    response: { choice: 'golang' },
    choose: (page) => page.getByRole('radio').first().check(),
  },
  'true or false': {
    question: questions.truth,
    response: { choice: 'true' },
    choose: (page) => page.getByRole('radio').first().check(),
  },
  'multiple choice': {
    question: questions.multiple,
    response: { choices: ['pid', 'cgroup', 'layer'] },
    choose: (page) => page.getByRole('checkbox').first().check(),
  },
  ordering: {
    question: questions.order,
    response: { order: ['exec', 'pull', 'mount', 'namespaces'] },
    choose: (page) =>
      page
        .getByRole('button', { name: /^Move down/ })
        .first()
        .click(),
  },
  matching: {
    question: questions.matching,
    response: { pairs: { runc: 'keeps', containerd: 'keeps' } },
    choose: (page) => page.getByRole('combobox').first().selectOption({ index: 1 }),
  },
  'matching with long options': {
    question: questions.longMatching,
    response: { pairs: { runc: 'builds', containerd: 'keeps' } },
    choose: (page) => page.getByRole('combobox').first().selectOption({ index: 1 }),
  },
  numeric: {
    question: questions.numeric,
    response: { number: '250', unit: 'ms' },
    choose: (page) => page.getByRole('textbox').fill('2,5'),
  },
  'short text': {
    question: questions.shortText,
    response: { text: 'SIGKILL' },
    choose: (page) => page.getByRole('textbox').fill('SIGTERM, and some time later, when nothing helps, SIGKILL'),
  },
  cloze: {
    question: questions.cloze,
    response: { blanks: { field: 'requests', amount: '256', signal: 'term' } },
    choose: (page) => page.getByRole('textbox').nth(1).fill('half'),
  },
  essay: {
    question: questions.essay,
    response: { text: 'Which device is it about?\n\nPrivileged it has them all.' },
    choose: (page) => page.getByRole('textbox').fill('Which device is it about?'),
  },
}

/** A second question, so that there is somewhere to go. */
const alone = (question: Json, policy: Json) => gallery(policy, [question, ...(question === truth ? [] : [truth])])

export const questionStates: Readonly<Record<string, State>> = Object.fromEntries(
  Object.entries(TYPES).flatMap(([name, { question, response, choose }]): [string, State][] => {
    const responses = { [String(question['id'])]: response }
    return [
      [`${name}, empty`, (stage) => play(stage, alone(question, {}))],
      [
        `${name}, chosen`,
        async (stage) => {
          await play(stage, alone(question, {}))
          await choose(stage.page)
          await stage.page.getByRole('button', { name: en.quiz.check }).focus()
        },
      ],
      [`${name}, wrong with tries left`, (stage) => play(stage, alone(question, { tries: 3 }), { responses }, 1)],
      [`${name}, closed`, (stage) => play(stage, alone(question, {}), { responses }, 1)],
    ]
  }),
)
