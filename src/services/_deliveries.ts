import type { DeliveryRow } from '../db/webhook-deliveries.ts'
import { toTime } from './_attempt-view.ts'

/** A delivery as it is shown. */
export interface Delivery {
  /** The webhook-id. */
  readonly id: string
  readonly type: string
  readonly createdAt: string
  readonly status: 'pending' | 'delivered' | 'failed'
  readonly tries: number
  readonly nextTryAt: string | null
  readonly lastTriedAt: string | null
  /** A class of HTTP status, or why there was none. */
  readonly lastStatus: string | null
  readonly lastAnswer: string | null
}

export function viewDelivery(row: DeliveryRow): Delivery {
  const { id, type, createdAt, status, tries, due, lastTriedAt, lastStatus, lastAnswer } = row
  return {
    id,
    type,
    createdAt: toTime(createdAt),
    status,
    tries,
    nextTryAt: due === null ? null : toTime(due),
    lastTriedAt: lastTriedAt === null ? null : toTime(lastTriedAt),
    lastStatus,
    lastAnswer,
  }
}
