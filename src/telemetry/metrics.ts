/** What whoever operates this counts. No label names a learner, an attempt or a question. */
export interface Metrics {
  /** Says that such a request can come: so that the first that fails is an increase. */
  expectRequests(request: Pick<RequestFact, 'method' | 'route'>): void
  requestAnswered(request: RequestFact): void
  responseGraded(response: GradedFact): void
  tripMade(trip: TripFact): void
  deliveryTried(delivery: DeliveryFact): void
}

export interface RequestFact {
  /** A method that the contract knows, or `other`. */
  readonly method: string
  /** The template, never the path. */
  readonly route: string
  readonly status: number
  readonly seconds: number
}

export interface GradedFact {
  readonly type: string
  readonly verdict: string
}

/** One batch sent to the database, from leaving to its answer. */
export interface TripFact {
  readonly operation: 'load' | 'append'
  readonly outcome: 'ok' | 'error'
  readonly seconds: number
}

/** One try: it has arrived, it comes again, or there will be no other. */
export interface DeliveryFact {
  readonly outcome: 'delivered' | 'retried' | 'abandoned'
  /** A class of HTTP status, or why there was none. */
  readonly status: string
}

/** What stands in the database and waits. */
export interface Backlog {
  /** Begun in the last 24 hours, and not finished. */
  readonly attemptsOpen: number
  /** Webhooks that are to be sent, now or later. */
  readonly deliveries: number
  /** How long the one that is longest due has waited, in seconds; 0 when none is due. */
  readonly overdueSeconds: number
  /** Receivers that are not disabled, and to which nothing gets through. */
  readonly failingWebhooks: number
  /** For how long nothing has got through to the one that is worst off, in seconds; 0 when none fails. */
  readonly failingSeconds: number
  /** Receivers that were given up, because they failed for days or said that they are gone: staff decide what becomes of them. */
  readonly disabledWebhooks: number
}

export const UNCOUNTED: Metrics = {
  expectRequests: () => undefined,
  requestAnswered: () => undefined,
  responseGraded: () => undefined,
  tripMade: () => undefined,
  deliveryTried: () => undefined,
}
