/** What a Node host shows to Prometheus, and with which labels besides `service`. */
export const METRICS: Readonly<Record<string, readonly string[]>> = {
  http_requests_total: ['method', 'route', 'status'],
  http_request_duration_seconds_bucket: ['method', 'route', 'le'],
  http_request_duration_seconds_count: ['method', 'route'],
  answerkey_responses_graded_total: ['type', 'verdict'],
  answerkey_database_round_trip_seconds_bucket: ['operation', 'outcome', 'le'],
  answerkey_database_round_trip_seconds_count: ['operation', 'outcome'],
  answerkey_database_up: [],
  answerkey_attempts_open: [],
  answerkey_outbox_deliveries: [],
  answerkey_outbox_overdue_seconds: [],
  answerkey_webhooks_failing: [],
  answerkey_webhooks_failing_seconds: [],
  answerkey_webhooks_disabled: [],
  answerkey_deliveries_total: ['outcome', 'status'],
  answerkey_build_info: ['version'],
  nodejs_eventloop_lag_p99_seconds: [],
  process_cpu_seconds_total: [],
}

/** What Prometheus adds to each. */
export const TARGET_LABELS: readonly string[] = ['job', 'instance', 'service']
