import type { Deps } from '../deps.ts'
import { type EndpointRow, selectEndpoint } from '../db/webhook-endpoints.ts'
import { invalidInput } from '../errors.ts'
import type { Issue } from '../grading/issue.ts'
import { isAllowedHeader, isAllowedTarget, type TargetRules } from '../webhooks/target.ts'
import { toTime } from './_attempt-view.ts'
import { notFound } from './_current-quiz.ts'

/** What staff choose of a webhook. */
export interface WebhookChoice {
  readonly url: string
  readonly events: readonly string[]
  /** Null for every quiz. */
  readonly quizzes: readonly string[] | null
  readonly description: string
  readonly headers: Readonly<Record<string, string>>
}

/** A webhook as it is shown: without its secret, and of its headers the names alone. */
export interface Webhook {
  readonly id: string
  readonly url: string
  readonly events: readonly string[]
  readonly quizzes: readonly string[] | null
  readonly description: string
  readonly headers: readonly string[]
  readonly createdAt: string
  readonly createdBy: string
  readonly failingSince: string | null
  readonly disabledAt: string | null
  readonly disabledReason: 'gone' | 'failing' | 'staff' | null
}

export function viewWebhook(row: EndpointRow): Webhook {
  const { id, url, events, quizzes, description, headers, createdAt, createdBy } = row
  return {
    id,
    url,
    events,
    quizzes,
    description,
    headers: Object.keys(headers),
    createdAt: toTime(createdAt),
    createdBy,
    failingSince: orNull(row.failingSince),
    disabledAt: orNull(row.disabledAt),
    disabledReason: row.disabledReason,
  }
}

function orNull(time: number | null): string | null {
  return time === null ? null : toTime(time)
}

export async function loadWebhook({ db }: Deps, id: string): Promise<EndpointRow> {
  const [[row]] = await db.batch([selectEndpoint(db, id)])
  if (!row) throw notFound()
  return row
}

/** Refuses targets and headers that are not to be sent to or with. One text for every target: it would map a network. */
export function checkWebhook(deps: Deps, { url, events, headers }: Partial<WebhookChoice>): void {
  const issues: Issue[] = []
  if (url !== undefined && !isAllowedTarget(url, targetRules(deps))) {
    issues.push({ path: ['url'], code: 'invalid-shape', detail: 'Expected an https URL of a public host, by name.' })
  }
  for (const [index, event] of (events ?? []).entries()) {
    if (events!.indexOf(event) < index) {
      issues.push({ path: ['events', index], code: 'duplicate', detail: 'This event is named earlier in the list.' })
    }
  }
  const names = new Set<string>()
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (names.has(name.toLowerCase())) {
      issues.push({ path: ['headers', name], code: 'duplicate', detail: 'Names of headers are the same in any case.' })
    }
    names.add(name.toLowerCase())
    if (isAllowedHeader(name, value)) continue
    const detail = 'Expected a header of your own: a token, with a value of visible ASCII.'
    issues.push({ path: ['headers', name], code: 'invalid-shape', detail })
  }
  if (issues.length > 0) throw invalidInput(issues)
}

export function targetRules({ config }: Pick<Deps, 'config'>): TargetRules {
  return { allowLoopback: config.webhooksAllowLoopback, own: config.publicUrl }
}
