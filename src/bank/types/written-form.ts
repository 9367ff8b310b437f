import type { ChangeKey } from '../changes/key-change.ts'
import type { Cut } from '../cut.ts'
import type { WrittenEntry } from '../entries.ts'
import type { VerdictFeedback } from '../feedback.ts'
import type { Reporter } from '../finding.ts'
import type { StrategiesOf } from '../guessing/strategies.ts'
import type { Lines } from '../places.ts'
import type { YamlSource } from '../yaml-source.ts'
import type { RootContent } from 'mdast'

/** A question's file as its type reads it. */
export interface QuestionSource {
  /** The question's id. */
  readonly question: string
  readonly text: string
  /** What stands between the front matter and the first section. */
  readonly body: readonly RootContent[]
  /** The line on which the body starts. */
  readonly line: number
  readonly fields: YamlSource
  readonly cut: Cut
  readonly report: Reporter
}

/** An option as the measures of the checks see it. */
export interface Choice {
  readonly text: string
  readonly isRight: boolean
  readonly line: number
}

/** One entry of `samples`, as it was written. */
export interface WrittenSample {
  readonly value: Readonly<Record<string, unknown>>
  /** The line of something in it, by JSON pointer. */
  readonly lineOf: (pointer: string) => number
}

/** What a type makes of a body. */
export interface ReadBody {
  readonly prompt: readonly RootContent[]
  /** The members that the type adds to the document's question, `key` among them. */
  readonly members: Readonly<Record<string, unknown>>
  /** The lines of those members, by JSON pointer from the question. */
  readonly lines: Lines
  /** What the form says of a response as a whole. */
  readonly feedback?: VerdictFeedback
  /** The options of a choice. Empty where they are not the author's. */
  readonly choices: readonly Choice[]
  /** Everything whose id learners see. */
  readonly entries: readonly WrittenEntry[]
  /** Entries that would give the answer away if their ids put them in this order. */
  readonly tellingOrder?: readonly WrittenEntry[]
  /** The response that a sample stands for. Reports what is wrong, and then gives undefined. */
  readonly respond: (sample: WrittenSample) => unknown
}

/** How the questions of one type are written. Every type is one module of this shape and one line in the registry. */
export interface WrittenForm {
  readonly type: string
  /** Front matter that this type alone has. */
  readonly fields: readonly string[]
  /** What a sample has beside `earns`. */
  readonly sampleFields: readonly string[]
  /** Reads the body. Reports what is wrong, and gives null where nothing can be made of it. */
  readonly read: (source: QuestionSource) => Promise<ReadBody | null>
  /** What an author might write in a key by mistake: samples are tested by it. */
  readonly changes: ChangeKey<never>
  /** What can be answered without knowing anything. */
  readonly strategies: StrategiesOf
}
