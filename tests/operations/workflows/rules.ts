import { before, type Job, jobsOf, needsOf, parseWorkflow, stepsOf, type Workflow } from './read.ts'

/** What each job may do. A right that is not in this table is one that somebody took. */
const PERMISSIONS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'gates.yml check': { contents: 'read' },
  'gates.yml test': { contents: 'read' },
  'gates.yml dockerfile': { contents: 'read' },
  'deliver.yml gates': { contents: 'read' },
  'deliver.yml image': { contents: 'read', packages: 'write' },
  'deliver.yml inspect': { contents: 'read', packages: 'read' },
  'deliver.yml release': { packages: 'write', 'id-token': 'write', attestations: 'write' },
  'deliver.yml deploy': { contents: 'write', packages: 'read', attestations: 'read' },
  'deploy.yml promote': { contents: 'write', packages: 'read', attestations: 'read' },
  'deploy.yml workers': { contents: 'read' },
}

const TRIGGERS: Readonly<Record<string, readonly string[]>> = {
  'gates.yml': ['pull_request', 'merge_group', 'workflow_call'],
  'deliver.yml': ['push'],
  'deploy.yml': ['workflow_call', 'workflow_dispatch'],
}

/** Whose actions run where something can be written: GitHub's own, and those that build. */
const TRUSTED_OWNERS = new Set(['actions', 'docker'])

/** A job's secrets are those of its environment. */
const SECRETS_OF = 'deploy.yml workers'

/** Everything that is wrong with the workflows, in a line each. */
export function faultsOf(texts: Readonly<Record<string, string>>): string[] {
  const workflows = Object.fromEntries(Object.entries(texts).map(([file, text]) => [file, parseWorkflow(text)]))
  const rules = [pins, triggers, rights, limits, expressions, credentials, secrets, caches, order, oneCommit]
  return rules.flatMap((rule) => rule(workflows))
}

type Workflows = Readonly<Record<string, Workflow>>

/** An action's tag can be moved to other code; its digest cannot. The comment tells Dependabot and people the version. */
function pins(workflows: Workflows): string[] {
  const lines = Object.entries(workflows).flatMap(([file, { text }]) =>
    [...text.matchAll(/^ *(?:- )?uses: (.+)$/gm)].map((found) => [file, found[1]!] as const),
  )
  const used = lines.filter(([, line]) => !/^\.\/\.github\/workflows\/\w+\.yml$/.test(line))
  const loose = used.filter(([, line]) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))
  const distinct = new Set(used.map(([, line]) => line))
  const names = [...distinct].map((line) => line.split('@')[0]!)
  return [
    ...loose.map(([file, line]) => `${file}: not pinned: ${line}`),
    ...names.filter((name, index) => names.indexOf(name) !== index).map((name) => `pinned twice: ${name}`),
  ]
}

function triggers(workflows: Workflows): string[] {
  const wrong = Object.entries(workflows).filter(
    ([file, { on }]) => JSON.stringify(Object.keys(on)) !== JSON.stringify(TRIGGERS[file]),
  )
  const push = JSON.stringify(workflows['deliver.yml']?.on['push'])
  return [
    ...wrong.map(([file, { on }]) => `${file}: starts on ${Object.keys(on).join(', ')}`),
    ...(push === '{"branches":["main"]}' ? [] : [`deliver.yml: delivers ${push}`]),
  ]
}

function rights(workflows: Workflows): string[] {
  const jobs = jobsOf(workflows)
  const found = Object.fromEntries(jobs.map(({ where, job }) => [where, job.permissions]))
  const names = new Set([...Object.keys(found), ...Object.keys(PERMISSIONS)])
  const writes = jobs.filter(({ job }) => Object.values(job.permissions ?? {}).includes('write'))
  const strangers = writes.flatMap(({ where, job }) =>
    (job.steps ?? [])
      .filter(({ uses }) => uses !== undefined && !TRUSTED_OWNERS.has(uses.split('/')[0]!))
      .map(({ uses }) => `${where}: ${uses} runs where something can be written`),
  )
  return [
    ...Object.entries(workflows)
      .filter(([, { permissions }]) => JSON.stringify(permissions) !== '{}')
      .map(([file]) => `${file}: gives every job rights`),
    ...[...names]
      .filter((name) => JSON.stringify(found[name]) !== JSON.stringify(PERMISSIONS[name]))
      .map((name) => `${name}: may ${JSON.stringify(found[name])}`),
    ...writes
      .filter(({ workflow }) => 'pull_request' in workflow.on)
      .map(({ where }) => `${where}: writes for pull requests`),
    ...strangers,
  ]
}

function limits(workflows: Workflows): string[] {
  const endless = jobsOf(workflows).filter(
    ({ job }) => job.steps !== undefined && !(Number(job['timeout-minutes']) <= 60),
  )
  const deploys = Object.entries(workflows['deploy.yml']?.jobs ?? {})
  const cut = deploys.filter(([, { concurrency: c }]) => c?.group === undefined || c['cancel-in-progress'])
  const open = deploys.filter(([, { environment }]) => environment === undefined)
  return [
    ...endless.map(({ where }) => `${where}: may run for ever`),
    ...cut.map(([name]) => `deploy.yml ${name}: may run twice at once, or be cut off`),
    ...open.map(([name]) => `deploy.yml ${name}: has no environment, so that nobody can be asked`),
  ]
}

/** What stands in a script is code: texts of others come to it as variables. */
function expressions(workflows: Workflows): string[] {
  return stepsOf(workflows)
    .filter(({ it }) => it.run?.includes('${{'))
    .map(({ where }) => `${where}: an expression within a script`)
}

function credentials(workflows: Workflows): string[] {
  const kept = stepsOf(workflows).filter(
    ({ it }) => it.uses?.startsWith('actions/checkout@') && it.with?.['persist-credentials'] !== false,
  )
  const installs = kept.flatMap(({ where, job }) =>
    (job.steps ?? []).filter(({ run }) => /\b(?:npm|npx)\b/.test(run ?? '')).map(() => where),
  )
  return [
    ...kept.filter(({ where }) => where !== 'deploy.yml promote').map(({ where }) => `${where}: keeps credentials`),
    ...installs.map((where) => `${where}: packages run where credentials are kept`),
  ]
}

/** Besides the token that each job has by itself. */
function hasSecrets(part: object): boolean {
  return /secrets\.(?!GITHUB_TOKEN\b)/.test(JSON.stringify(part))
}

function secrets(workflows: Workflows): string[] {
  const jobs = jobsOf(workflows)
  const told = jobs.filter(({ where, job }) => where !== SECRETS_OF && hasSecrets(job))
  // In the steps before the last one packages are installed.
  const early = jobs.flatMap(({ where, job }) =>
    (job.steps ?? [])
      .slice(0, -1)
      .filter((step) => hasSecrets(step))
      .map(() => where),
  )
  const inherited = jobs.filter(({ where, job }) => job.secrets !== undefined && where !== 'deliver.yml deploy')
  return [
    ...[...told, ...inherited].map(({ where }) => `${where}: gets secrets`),
    ...early.map((where) => `${where}: gets secrets before its last step`),
  ]
}

/** A cache is written by whoever runs first, and read by whoever releases. */
function caches(workflows: Workflows): string[] {
  const steps = stepsOf(workflows)
  const cached = steps.filter(
    ({ it }) =>
      it.uses?.startsWith('actions/cache') ||
      ['cache', 'cache-from', 'cache-to', 'cache-db'].some((name) => it.with?.[name] !== undefined) ||
      (it.uses?.startsWith('actions/setup-node@') && it.with?.['package-manager-cache'] !== false) ||
      (it.uses?.startsWith('docker/setup-buildx-action@') && it.with?.['cache-binary'] !== false) ||
      (it.uses?.startsWith('docker/build-push-action@') && it.with?.['no-cache'] !== true),
  )
  return cached.map(({ where }) => `${where}: takes from a cache`)
}

/** Nothing is deployed that has not passed every gate. */
function order(workflows: Workflows): string[] {
  const [gates, deliver, deploy] = ['gates.yml', 'deliver.yml', 'deploy.yml'].map((file) => workflows[file])
  if (gates === undefined || deliver === undefined || deploy === undefined) return ['a workflow is missing']
  const others = Object.keys(deliver.jobs).filter((name) => name !== 'deploy')
  const passed = before(deliver, 'deploy')
  const conditional = jobsOf({ 'gates.yml': gates, 'deliver.yml': deliver }).filter(({ job }) => job.if !== undefined)
  return [
    ...others.filter((name) => !passed.has(name)).map((name) => `deploy does not wait for ${name}`),
    ...(before(deliver, 'image').has('gates') ? [] : ['an image is built before the gates']),
    ...(before(deliver, 'release').has('inspect') ? [] : ['an image is released before it was looked at']),
    ...(deliver.jobs['gates']?.uses === './.github/workflows/gates.yml' ? [] : ['deliver.yml has other gates']),
    ...(needsOf(gates.jobs['test'] ?? {}).includes('check') ? [] : ['the tests do not wait for the checks']),
    ...(deploy.jobs['promote']?.if === "github.ref == 'refs/heads/main'" ? [] : ['other branches can be promoted']),
    ...(before(deploy, 'workers').has('promote') ? [] : ['Workers are deployed before the promotion']),
    // A job with a condition of its own may run, or be skipped, whatever became of those that it needs.
    ...conditional.map(({ where }) => `${where}: has a condition`),
  ]
}

function scripts(job: Job | undefined): string {
  return (job?.steps ?? []).map(({ run }) => run ?? '').join('\n')
}

/** One SHA from the push to /version: what builds, tags, attests and deploys takes it from the same place. */
function oneCommit(workflows: Workflows): string[] {
  const deliver = workflows['deliver.yml']?.jobs
  const deploy = workflows['deploy.yml']?.jobs
  const build = deliver?.['image']?.steps?.find(({ id }) => id === 'build')?.with ?? {}
  const sha = '${{ inputs.sha }}'
  const holds: Record<string, boolean> = {
    'the image is built from the commit': build['build-args'] === 'GIT_SHA=${{ github.sha }}',
    'the image is labelled with the commit': String(build['labels']).includes(
      'org.opencontainers.image.revision=${{ github.sha }}\n',
    ),
    'the image is pushed by its digest alone':
      String(build['outputs']).includes(',push-by-digest=true,') && build['tags'] === undefined,
    'the image is tried for the commit': scripts(deliver?.['inspect']).includes('try-image.ts "$IMAGE" "$GITHUB_SHA"'),
    'the tag is the commit': scripts(deliver?.['release']).includes('--tag "$NAME:$GITHUB_SHA" "$NAME@$DIGEST"'),
    'the deployment is of the commit': deliver?.['deploy']?.with?.['sha'] === '${{ github.sha }}',
    'what is promoted was built from the commit': scripts(deploy?.['promote']).includes(
      '--source-ref refs/heads/main --source-digest "$SHA"',
    ),
    'the overlay gets the commit': scripts(deploy?.['promote']).includes(
      'promote.ts ${BACK:+"$BACK"} "$SHA" "$DIGEST"',
    ),
    'the promotion is of the input': deploy?.['promote']?.env?.['SHA'] === sha,
    'wrangler deploys the commit': deploy?.['workers']?.steps?.[0]?.with?.['ref'] === sha,
  }
  return Object.entries(holds).flatMap(([name, held]) => (held ? [] : [`it does not hold that ${name}`]))
}
