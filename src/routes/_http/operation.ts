import type { Actor, Deps } from '../../deps.ts'
import type { ErrorCode } from '../../errors.ts'
import { QuizId } from '../../grading/identifiers.ts'
import type { Scope } from '../../services/_authorise.ts'
import { LearnerId } from '../../grading/wire.ts'
import type { RequestKey } from '../../services/_ids.ts'
import type { BodyRule } from './read-json.ts'
import * as v from 'valibot'

/**
 * One call of the HTTP contract. The same table routes it, parses it, authenticates it, decides its CORS and describes it
 * in openapi.json, so that none of these can say something else than another.
 */
export interface Operation<
  Body extends v.GenericSchema = v.GenericSchema,
  Query extends v.GenericSchema = v.GenericSchema,
> {
  readonly id: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** With parameters in braces, as OpenAPI writes them; {@link PATH_PARAMETERS} describes each. */
  readonly path: string
  readonly summary: string
  readonly description?: string
  readonly tag: 'Quizzes' | 'Attempts' | 'Grading' | 'Learners' | 'Publishing' | 'Keys' | 'Webhooks' | 'Service'
  /**
   * Who may call: `anyone`, sending no Authorization or a valid API key; `learner`, with the attempt's progress token, or
   * staff where the call admits them; `staff`, with an API key; `open`, where no Authorization is looked at.
   */
  readonly access: 'open' | 'anyone' | 'learner' | 'staff'
  /** The scope that a scoped API key needs. */
  readonly scope?: Scope
  readonly query?: Query
  readonly body?: BodyRule<Body>
  /** Request headers beyond Authorization that the call obeys. */
  readonly headers?: readonly ('Idempotency-Key' | 'If-Match' | 'If-None-Match')[]
  /** For a call that starts attempts: the learner in whose name. Starts are counted, and may be limited, by themselves. */
  startsFor?(body: v.InferOutput<Body>): string | undefined
  /** Answered however often it is asked: by monitors, and by whoever verifies. */
  readonly isUnlimited?: true
  readonly replies: Readonly<Record<number, ReplyRule>>
  /** Problems beside those that follow from its access, query, body and headers. */
  readonly problems: readonly ErrorCode[]
  handle(call: Call<v.InferOutput<Body>, v.InferOutput<Query>>): Promise<Reply> | Reply
}

export interface ReplyRule {
  readonly description: string
  /** Null for an answer without a body. Without a media type it is JSON. */
  readonly schema: v.GenericSchema | null
  readonly mediaTypes?: readonly string[]
  readonly headers?: readonly ('ETag' | 'Location')[]
}

/** A request, parsed and authenticated. */
export interface Call<Body, Query> {
  readonly deps: Deps
  readonly actor: Actor
  readonly request: Request
  readonly params: Readonly<Record<string, string>>
  readonly query: Query
  readonly body: Body
  readonly requestKey: RequestKey | null
}

export interface Reply {
  readonly status: number
  /** Served as JSON, or as it is where it is a string with a media type. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** What can stand in a path: a value that does not fit names nothing. */
export const PATH_PARAMETERS: Readonly<Record<string, { schema: v.GenericSchema<string>; form: string }>> = {
  quiz: { schema: QuizId, form: 'a slug of lower-case letters, digits and hyphens, at most 64 characters' },
  attempt: { schema: v.pipe(v.string(), v.regex(/^att_[A-Za-z0-9_-]{1,60}$/)), form: 'the id of an attempt' },
  revision: { schema: v.pipe(v.string(), v.regex(/^rev_[A-Za-z0-9_-]{1,60}$/)), form: 'the id of a revision' },
  regrade: { schema: v.pipe(v.string(), v.regex(/^rgr_[A-Za-z0-9_-]{1,60}$/)), form: 'the id of a regrade' },
  extension: { schema: v.pipe(v.string(), v.regex(/^ext_[A-Za-z0-9_-]{1,60}$/)), form: 'the id of an extension' },
  key: { schema: v.pipe(v.string(), v.regex(/^key_[A-Za-z0-9_-]{1,60}$/)), form: 'the id of an API key' },
  learner: { schema: LearnerId, form: 'a learner’s id, percent-encoded: 1 to 200 characters, and not one or two dots' },
  webhook: { schema: v.pipe(v.string(), v.regex(/^whk_[A-Za-z0-9_-]{1,60}$/)), form: 'the id of a webhook' },
  delivery: { schema: v.pipe(v.string(), v.regex(/^msg_[A-Za-z0-9_-]{1,150}$/)), form: 'the id of a delivery' },
  code: { schema: v.pipe(v.string(), v.regex(/^[a-z-]{1,40}$/)), form: 'the code of a problem' },
}

/** Keeps the types of body and query together within one operation, and lets a table hold different ones. */
export function operation<Body extends v.GenericSchema, Query extends v.GenericSchema>(
  op: Operation<Body, Query>,
): Operation {
  return op
}

/** What Allow says of operations on one path. */
export function methodsOf(siblings: readonly Operation[]): string[] {
  return [...siblings.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])), 'OPTIONS']
}

export function toHonoPath(path: string): string {
  return path.replaceAll('{', ':').replaceAll('}', '')
}
