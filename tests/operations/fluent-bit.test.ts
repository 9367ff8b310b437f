import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

const read = (file: string) => parse(readFileSync(`deploy/fluent-bit/${file}`, 'utf8'))
const text = readFileSync('deploy/fluent-bit/fluent-bit.yaml', 'utf8')
const { service, pipeline } = parse(text) as {
  service: Record<string, string>
  pipeline: Record<'inputs' | 'filters' | 'outputs', Record<string, string>[]>
}
const plugin = (kind: keyof typeof pipeline, name: string) => pipeline[kind].find((each) => each['name'] === name)!
const [tail, grep, kubernetes, loki] = [
  plugin('inputs', 'tail'),
  plugin('filters', 'grep'),
  plugin('filters', 'kubernetes'),
  plugin('outputs', 'loki'),
]

/** How Fluent Bit's built-in multiline parser `cri` reads a line: src/multiline/flb_ml_parser_cri.c. */
const CRI = /^(?<time>.+?) (?<stream>stdout|stderr) (?<_p>F|P) (?<log>.*)$/

/** The log line of a request that docs/logs.md shows. */
const request = {
  time: '2026-01-05T09:00:00.000Z',
  level: 'info',
  event: 'request',
  requestId: 'req_0123456789',
  traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
  method: 'POST',
  route: '/v1/attempts/{attempt}/responses',
  status: 200,
  durationMs: 3.1,
  actor: 'learner',
}
const written = (line: object | string) =>
  `2026-01-05T09:00:00.001234567Z stdout F ${typeof line === 'string' ? line : JSON.stringify(line)}`

/** The record that a line is when it comes to the output. */
function recordOf(line: string): Record<string, unknown> {
  const record = { ...CRI.exec(line)!.groups }
  const app = record['log']!.startsWith('{') ? { app: JSON.parse(record['log']!) } : {}
  return { ...record, ...app, kubernetes: { namespace_name: 'quiz', pod_name: 'answerkey-0' } }
}

/** `name=value, name=$record['key']` as pairs; what names nothing in the record is left out. */
function pairs(list: string, record: Record<string, unknown>): Record<string, string> {
  const found = list.split(', ').flatMap((pair) => {
    const [name, value] = pair.split('=') as [string, string]
    const accessor = /^\$(\w+)\['(\w+)'\]$/.exec(value)
    if (accessor === null) return [[name, value]]
    const member = (record[accessor[1]!] as Record<string, string | number> | undefined)?.[accessor[2]!]
    return member === undefined ? [] : [[name, String(member)]]
  })
  return Object.fromEntries(found)
}

/** Whether the filter drops it: `exclude` is a key of the record, and what its text may not match. */
function isDropped(line: string): boolean {
  const [, key, pattern] = /^(\S+) (.+)$/.exec(grep['exclude']!)!
  return new RegExp(pattern!).test(String(recordOf(line)[key!]))
}

describe('a line that is shipped', () => {
  it('has labels with few values each, and no others', () => {
    expect(pairs(loki['labels']!, recordOf(written(request)))).toEqual({
      service: 'answerkey',
      level: 'info',
      event: 'request',
    })
    expect(text).not.toMatch(/label_keys|label_map_path|auto_kubernetes_labels|structured_metadata_map_keys/)
  })

  it('carries its ids beside it, where they make no streams', () => {
    const problem = { ...request, level: 'warn', status: 409, code: 'attempt-finished' }
    expect(pairs(loki['structured_metadata']!, recordOf(written(problem)))).toEqual({
      trace_id: request.traceId,
      request_id: request.requestId,
      route: request.route,
      status: '409',
      code: 'attempt-finished',
      namespace: 'quiz',
      pod: 'answerkey-0',
    })
  })

  it('is the line as it was written, whatever it is', () => {
    for (const line of [request, 'Answerkey could not start.', '{"time":1,"level":"error","event":"timer-failed"}']) {
      const record = recordOf(written(line))
      for (const key of loki['remove_keys']!.split(', ')) delete record[key]
      expect(record).toEqual({ log: typeof line === 'string' ? line : JSON.stringify(line) })
    }
    expect(loki).toMatchObject({ drop_single_key: 'raw', line_format: 'json' })
    expect(kubernetes).toMatchObject({ merge_log: 'on', merge_log_key: 'app', keep_log: 'on' })
  })

  it('is put together when the runtime has split it', () => {
    expect(tail['multiline.parser']).toBe('cri')
    expect(CRI.exec('2026-01-05T09:00:00.1+01:00 stderr P {"time":"20')!.groups).toMatchObject({
      _p: 'P',
      stream: 'stderr',
    })
  })
})

describe('what is dropped', () => {
  it('is a probe that was answered well', () => {
    for (const route of ['/healthz', '/readyz']) {
      expect(isDropped(written({ ...request, method: 'GET', route }))).toBe(true)
      expect(isDropped(written({ ...request, route, status: 204, durationMs: undefined }))).toBe(true)
    }
  })

  it('is nothing else', () => {
    const kept: (object | string)[] = [
      request,
      { ...request, route: '/readyz', status: 503, code: 'unavailable' },
      { ...request, route: '/healthz', status: 500 },
      { ...request, route: '/healthz', status: 2000 },
      { ...request, route: '/healthz/more' },
      { ...request, route: '/healthz', event: 'problem' },
      { ...request, route: 'unmatched', error: '"event":"request","route":"/healthz","status":200,' },
      { time: request.time, level: 'info', event: 'listening', port: 8787 },
      'GET "route":"/healthz"',
    ]
    for (const line of kept) expect([line, isDropped(written(line))]).toEqual([line, false])
  })
})

describe('the DaemonSet', () => {
  const { spec } = read('daemonset.yaml').spec.template
  const [container] = spec.containers
  const mounts = Object.fromEntries(container.volumeMounts.map((mount: { name: string }) => [mount.name, mount]))

  it('reads the files of this service alone', () => {
    const glob = new RegExp(`^${tail['path']!.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}$`)
    const id = 'a'.repeat(64)
    const file = (name: string) => `/var/log/containers/${name}-${id}.log`
    expect(file('answerkey-0_quiz_answerkey')).toMatch(glob)
    expect(file('answerkey-7d4b9c5f6d-x2x9q_prod_answerkey')).toMatch(glob)
    expect(file('loki-0_logging_loki')).not.toMatch(glob)
    expect(kubernetes['kube_tag_prefix']).toBe(`kube${'/var/log/containers/'.replaceAll('/', '.')}`)
  })

  it('has what its configuration names: the file, the variables, a place to keep its place', () => {
    const [generated] = read('kustomization.yaml').configMapGenerator
    expect(generated).toEqual({ name: 'fluent-bit', files: ['fluent-bit.yaml'] })
    expect(container.args).toEqual([`--config=${mounts.config.mountPath}/fluent-bit.yaml`])
    const variables = [...text.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name)
    expect(new Set(container.env.map(({ name }: { name: string }) => name))).toEqual(new Set(variables))
    for (const path of [tail['db']!, service['storage.path']!]) expect(path).toContain(`${mounts.state.mountPath}/`)
  })

  it('may read the logs, and has no rights in the cluster', () => {
    expect(mounts.logs).toMatchObject({ mountPath: '/var/log', readOnly: true })
    expect(mounts.config.readOnly).toBe(true)
    expect(spec.automountServiceAccountToken).toBe(false)
    expect(kubernetes['use_tag_for_meta']).toBe('on')
    expect(container.securityContext).toMatchObject({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'], add: ['DAC_READ_SEARCH'] },
    })
  })
})

describe('docs/logs.md', () => {
  const page = readFileSync('docs/logs.md', 'utf8')
  const queries = [...page.matchAll(/```logql\n(.+)\n```/g)].map(([, query]) => query!)
  const record = recordOf(written({ ...request, code: 'unavailable' }))
  const labels = Object.keys(pairs(loki['labels']!, record))
  const metadata = Object.keys(pairs(loki['structured_metadata']!, record))

  it('shows a line, the labels and the metadata as they are', () => {
    expect(JSON.parse(/```json\n(.+)\n```/.exec(page)![1]!)).toEqual(request)
    expect(page).toContain(`| labels | ${labels.map((name) => `\`${name}\``).join(', ')} |`)
    expect(page).toContain(`| structured metadata | ${metadata.map((name) => `\`${name}\``).join(', ')} |`)
  })

  it('asks for labels, metadata and members that there are, each in its place', () => {
    expect(queries.length).toBeGreaterThan(5)
    for (const query of queries) {
      const selector = /\{(service=.+?)\}/.exec(query)![1]!
      for (const [, name] of selector.matchAll(/(\w+)=/g)) expect(labels).toContain(name)
      const known = query.includes('| json') ? [...metadata, ...Object.keys(request)] : metadata
      const asked = [...query.matchAll(/\| (\w+) ?(?:!=|=|>)|by \((\w+)\)/g)].map(([, one, other]) => one ?? other!)
      for (const name of asked) expect(known).toContain(name)
    }
  })
})
