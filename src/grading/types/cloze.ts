import { exact, ZERO } from '../fraction.ts'
import { Id } from '../identifiers.ts'
import { under } from '../issue.ts'
import { own } from '../own.ts'
import { type PartScore, perPart } from '../scoring/parts.ts'
import { PART_METHODS, scoreBy } from '../scoring/registry.ts'
import { strictObject } from '../strict-object.ts'
import { strictRecord } from '../strict-record.ts'
import { checkSteps } from '../text/check-accepted-texts.ts'
import { canonicalText, Text } from '../text/text.ts'
import {
  type Blank,
  BlankKey,
  blankType,
  blankTypes,
  gradeBlank,
  stepsOfBlank,
  toResponse,
  toValue,
  typeOfKey,
} from './cloze-blanks.ts'
import { checkBlankIds, checkBlankKey, checkMarkers, checkValue } from './cloze-checks.ts'
import { checkIds } from './options.ts'
import { type Grading, PLAIN, type QuestionType } from './question-type.ts'

interface Content {
  readonly blanks: readonly Blank[]
}
interface Key {
  readonly blanks: Readonly<Record<string, BlankKey>>
}
interface Response {
  readonly blanks: Readonly<Record<string, string>>
}

/** A text with blanks, each of a type of its own. Blanks may be left out. */
export const cloze: QuestionType<Content, Key, Response> = {
  ...PLAIN,
  type: 'cloze',
  lists: {},
  blanks: blankTypes,
  key: strictObject({ blanks: strictRecord(Id, BlankKey) }),
  response: strictObject({ blanks: strictRecord(Id, Text) }),
  methods: () => [...PART_METHODS.keys()],
  checkContent: ({ blanks }, prompt) => [...checkBlankIds(blanks), ...checkMarkers(blanks, prompt)],
  checkKey({ blanks }, key) {
    const names = Object.keys(key.blanks)
    const issues = [
      ...checkIds(blanks, names, (index) => ['blanks', names[index]!], NO_BLANK),
      ...blanks.flatMap((blank) => under(['blanks'], checkBlankKey(blank, own(key.blanks, blank.id)))),
    ]
    const fitting = blanks.filter(({ id, type }) => {
      const blankKey = own(key.blanks, id)
      return blankKey !== undefined && typeOfKey(blankKey).type === type
    })
    const steps = fitting.reduce((sum, blank) => sum + stepsOfBlank(blank, own(key.blanks, blank.id)!), 0)
    return [...issues, ...checkSteps(steps, ['blanks'])]
  },
  checkResponse({ blanks }, response) {
    const names = Object.keys(response.blanks)
    return [
      ...checkIds(blanks, names, (index) => ['blanks', names[index]!], NO_BLANK),
      ...blanks.flatMap((blank) => {
        const value = own(response.blanks, blank.id)
        return value === undefined ? [] : under(['blanks', blank.id], checkValue(blank, value))
      }),
    ]
  },
  canonical: (response, { blanks }) => ({
    blanks: Object.fromEntries(
      filled(blanks, response).map(([blank, value]) => [blank.id, blankType(blank).canonical(value, blank)]),
    ),
  }),
  isBlank: (response) => Object.values(response.blanks).every((value) => canonicalText(value) === ''),
  rename: (response, nameOf, { blanks }) => ({
    blanks: Object.fromEntries(
      blanks.flatMap((blank) => {
        const value = own(response.blanks, blank.id)
        if (value === undefined) return []
        const type = blankType(blank)
        return [[nameOf(blank.id), toValue(blank, type.rename(toResponse(blank, value), nameOf, blank))]]
      }),
    ),
  }),
  grade: (grading) => scoreBy(PART_METHODS, grading.scoring, partsOf(grading)),
  parts: (grading) => (grading.scoring.method === perPart.method ? partsOf(grading) : null),
  answer({ blanks }, key) {
    const values = blanks.map((blank) => {
      const answer = blankType(blank).answer(blank, own(key.blanks, blank.id)!)
      return answer === null ? null : ([blank.id, toValue(blank, answer)] as const)
    })
    const known = values.filter((value) => value !== null)
    return known.length === values.length ? { blanks: Object.fromEntries(known) } : null
  },
  remarks: (key) =>
    Object.entries(key.blanks).flatMap(([id, blankKey]) =>
      typeOfKey(blankKey)
        .remarks(blankKey)
        .map((remark) => ({ ...remark, path: `blanks/${id}/${remark.path}`, option: id })),
    ),
  matched: ({ content: { blanks }, key, response }) =>
    filled(blanks, response).flatMap(([blank, value]) =>
      blankType(blank)
        .matched({ content: blank, key: own(key.blanks, blank.id)!, response: value })
        .map((path) => `blanks/${blank.id}/${path}`),
    ),
}

function partsOf({ content: { blanks }, key, response }: Grading<Content, Key, Response>): PartScore[] {
  return blanks.map((blank) => {
    const blankKey = own(key.blanks, blank.id)!
    const value = own(response.blanks, blank.id)
    return { weight: exact(blankKey.weight), earned: value === undefined ? ZERO : gradeBlank(blank, blankKey, value) }
  })
}

const NO_BLANK = 'The question has no blank with this id.'

function filled(blanks: readonly Blank[], response: Response): [Blank, unknown][] {
  return blanks.flatMap((blank): [Blank, unknown][] => {
    const value = own(response.blanks, blank.id)
    return value === undefined ? [] : [[blank, toResponse(blank, value)]]
  })
}
