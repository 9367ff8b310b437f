import type { Issue } from './issue.ts'
import { type NameList, nameLists, renamedPath } from './names.ts'
import { own } from './own.ts'
import type { PublicQuestion, PublicQuiz } from './quiz.ts'
import { namesThere, type Regrading, ruleFor, usesKey } from './regrading.ts'
import { canonicalJson } from './same-json.ts'
import { takesSameResponses } from './same-responses.ts'

/**
 * What is undecided about regrading attempts at the pinned revisions by the target: questions, options and the like that
 * appeared, vanished or have another name. Nothing is guessed from places. `map` says what became of a name; a rule that
 * needs no key needs no names; and a rule that is given to the question itself lets stand what appeared in it. Attempts at
 * the target itself leave nothing open.
 */
export function checkRegrade(regrading: Regrading, target: PublicQuiz, pinned: readonly PublicQuiz[]): Issue[] {
  const served = new Set(pinned.flatMap(({ questions }) => questions.map(({ id }) => id)))
  const issues = [
    ...checkReferences(regrading, target, pinned),
    ...pinned
      .filter((quiz) => quiz !== target)
      .flatMap(({ questions }) => [
        ...questions.flatMap((question) => checkQuestion(regrading, target, question)),
        ...checkAppeared(regrading, target, questions, served),
        ...checkJoined(regrading, questions),
      ]),
  ]
  return [...new Map(issues.map((issue) => [canonicalJson(issue), issue])).values()]
}

/** Two questions that became one would both be graded by it, and count twice. */
function checkJoined(regrading: Regrading, served: readonly PublicQuestion[]): Issue[] {
  const graded = served.filter(({ id }) => {
    const rule = ruleFor(regrading, id)
    return rule !== null && usesKey(rule)
  })
  const there = graded.map(({ id }) => namesThere(regrading.map, id).id)
  return graded.flatMap(({ id }, index) =>
    there.indexOf(there[index]!) < index
      ? [undecided(['map', id], `The question "${id}" has become the same as another: drop one of them.`)]
      : [],
  )
}

const OTHER_RULES = 'or give the question full-credit or drop-question.'

function checkQuestion(regrading: Regrading, target: PublicQuiz, served: PublicQuestion): Issue[] {
  const rule = ruleFor(regrading, served.id)
  if (rule === null || !usesKey(rule)) return []
  const path = ['map', served.id]
  const { id, names } = namesThere(regrading.map, served.id)
  const nameOf = (name: string) => own(names, name) ?? name
  const question = target.questions.find((each) => each.id === id)
  if (!question) return [undecided(path, `The question "${served.id}" vanished: map it to its new id, ${OTHER_RULES}`)]
  if (!takesSameResponses(served, question, nameOf)) {
    return [
      undecided(
        path,
        `The question "${served.id}" took other responses than its new version: fit that, ${OTHER_RULES}`,
      ),
    ]
  }
  const named = typeof regrading.rule !== 'string'
  const targets = new Map(nameLists(question).map((list) => [list.path.join('/'), list]))
  return nameLists(served).flatMap((list) => {
    const listThere = targets.get(renamedPath(list.path, nameOf))
    return listThere ? checkNames(list, listThere, { path, nameOf, named }) : []
  })
}

interface Naming {
  readonly path: string[]
  readonly nameOf: (name: string) => string
  /** The question was given a rule of its own. */
  readonly named: boolean
}

function checkNames(served: NameList, target: NameList, { path, nameOf, named }: Naming): Issue[] {
  const renamed = served.names.map(nameOf)
  const list = served.path.join('/')
  const appeared = target.names.filter((name) => !renamed.includes(name))
  const mayAppear = named && served.use !== 'sequence'
  return [
    ...served.names
      .filter((name) => !target.names.includes(nameOf(name)))
      .map((name) =>
        undecided([...path, name], `"${name}" in ${list} vanished: map it to what it is now, ${OTHER_RULES}`),
      ),
    ...served.names
      .filter((name, index) => served.use !== 'choices' && renamed.indexOf(nameOf(name)) < index)
      .map((name) =>
        undecided([...path, name], `"${name}" in ${list} has become the same as another: only choices can.`),
      ),
    ...appeared
      .filter(() => !mayAppear)
      .map((name) =>
        undecided(
          path,
          `"${name}" in ${list} appeared: ${served.use === 'sequence' ? MAP_IT : NAME_IT} ${OTHER_RULES}`,
        ),
      ),
  ]
}

const MAP_IT = 'map what it was before,'
const NAME_IT = 'map what it was before, give the question a rule by its name if nobody could choose it,'

/** A question that is asked for by its name is regraded wherever it was served. */
function checkAppeared(
  regrading: Regrading,
  target: PublicQuiz,
  questions: readonly PublicQuestion[],
  servedSomewhere: ReadonlySet<string>,
): Issue[] {
  const found = new Set(questions.map(({ id }) => namesThere(regrading.map, id).id))
  const named = regrading.questions !== null || typeof regrading.rule !== 'string'
  return target.questions.flatMap(({ id }) => {
    const rule = found.has(id) ? null : ruleFor(regrading, id)
    if (rule === null || rule === 'drop-question' || (named && servedSomewhere.has(id))) return []
    return [
      undecided(
        ['questions'],
        `The question "${id}" appeared: name the questions to regrade, map the one that it was before, or drop it.`,
      ),
    ]
  })
}

/** Names that nothing has: more likely a slip than meant. */
function checkReferences(regrading: Regrading, target: PublicQuiz, pinned: readonly PublicQuiz[]): Issue[] {
  const { rule, map } = regrading
  const served = pinned.flatMap((quiz) => quiz.questions)
  const known = new Set([...served, ...target.questions].map(({ id }) => id))
  const rules = typeof rule === 'string' ? [] : Object.keys(rule)
  return [
    ...(typeof rule === 'object' && rules.length === 0 ? [NO_RULE] : []),
    ...rules.filter((id) => !known.has(id)).map((id) => unknown(['rule', id])),
    ...checkListed(regrading, known),
    ...Object.entries(map).flatMap(([id, names]) => {
      const versions = served.filter((question) => question.id === id)
      if (versions.length === 0) return [unknown(['map', id])]
      const ids = new Set([id, ...versions.flatMap(nameLists).flatMap((list) => list.names)])
      return Object.keys(names).flatMap((name) => (ids.has(name) ? [] : [unknown(['map', id, name])]))
    }),
  ]
}

/** The questions that are listed, each once, and each with a rule. */
function checkListed({ questions, rule }: Regrading, known: ReadonlySet<string>): Issue[] {
  return (questions ?? []).flatMap((id, index, all): Issue[] => {
    const path = ['questions', index]
    if (!known.has(id)) return [unknown(path)]
    if (all.indexOf(id) < index) return [{ path, code: 'duplicate', detail: 'The question is named twice.' }]
    if (typeof rule === 'string' || own(rule, id)) return []
    return [{ path, code: 'inconsistent', detail: 'The question has no rule.' }]
  })
}

const NO_RULE: Issue = { path: ['rule'], code: 'inconsistent', detail: 'Expected a rule for a question at least.' }

function undecided(path: string[], detail: string): Issue {
  return { path, code: 'inconsistent', detail }
}

function unknown(path: (string | number)[]): Issue {
  return { path, code: 'unknown-id', detail: 'Nothing has this name, in the target or in what was served.' }
}
