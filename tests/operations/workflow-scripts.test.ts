import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseWorkflow, readWorkflows } from './workflows/read.ts'

const texts = readWorkflows()
const SHA = 'f00d'.repeat(10)
const digestOf = (letter: string) => `sha256:${letter.repeat(64)}`
const NAME = 'ghcr.io/owner/answerkey'

const read = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8').trim() : '')

/** The script of a step that holds a text, run as a runner does, with stand-ins for the programs that it calls. */
function run(job: string, holds: string, programs: Record<string, string>, env: Record<string, string>) {
  const [file, name] = job.split(' ') as [string, string]
  const steps = parseWorkflow(texts[file]!).jobs[name]!.steps!
  const script = steps.find((step) => step.run?.includes(holds))!.run!
  const folder = mkdtempSync(join(tmpdir(), 'answerkey-step-'))
  for (const [program, body] of Object.entries(programs)) {
    writeFileSync(
      join(folder, program),
      `#!/bin/bash\necho "${program} $*" >> '${folder}/calls'\ncd '${folder}'\n${body}\n`,
    )
    chmodSync(join(folder, program), 0o755)
  }
  const [output, calls] = [join(folder, 'output'), join(folder, 'calls')]
  const { status, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    encoding: 'utf8',
    env: {
      PATH: `${folder}${delimiter}${process.env['PATH']}`,
      GITHUB_OUTPUT: output,
      GITHUB_REPOSITORY: 'Owner/Answerkey',
      ...env,
    },
  })
  return { status, stderr, output: read(output), calls: read(calls).split('\n').filter(Boolean) }
}

/** A registry of one tag: `create` sets it, to what it was told or to something else. */
function release(tag: string, makes = digestOf('a')) {
  const registry = `case "$3" in inspect) [ -s tag ] && cat tag ;; create) echo '${makes}' > tag ;; esac`
  const docker = `[ -e tag ] || echo -n '${tag}' > tag\n${registry}`
  return run('deliver.yml release', 'imagetools create', { docker }, { NAME, DIGEST: digestOf('a'), GITHUB_SHA: SHA })
}

function verify({ sha = SHA, refused = 'nothing' } = {}) {
  const programs = { docker: `echo '${digestOf('a')}'`, gh: `! echo "$*" | grep --quiet --fixed-strings '${refused}'` }
  return run('deploy.yml promote', 'gh attestation verify', programs, { SHA: sha })
}

function promote(back: string, node = 'echo c0ffee') {
  return run('deploy.yml promote', 'promote.ts', { node }, { SHA, DIGEST: digestOf('a'), BACK: back })
}

function isCurrent(current: string) {
  return run('deploy.yml workers', 'heads/production', { gh: `echo ${current}` }, { PROMOTED: 'c0ffee' })
}

function deploy(database: string) {
  return run('deploy.yml workers', 'npm run deploy', { npm: '' }, { WORKERS_DATABASE: database })
}

describe('a release', () => {
  it('gives the bytes their name, and may be made again', () => {
    for (const tag of ['', digestOf('a')]) {
      const { status, calls } = release(tag)
      expect(status).toBe(0)
      expect(calls[1]).toBe(
        `docker buildx imagetools create --prefer-index=false --tag ${NAME}:${SHA} ${NAME}@${digestOf('a')}`,
      )
    }
  })

  it('does not move the name to other bytes', () => {
    const { status, stderr, calls } = release(digestOf('b'))
    expect([status, calls.length]).toEqual([1, 1])
    expect(stderr).toContain(`has been released as ${digestOf('b')}`)
  })

  it('fails when the name leads to anything else', () => {
    expect(release('', digestOf('c')).status).toBe(1)
  })
})

describe('before a promotion', () => {
  it('both signatures are verified, of these bytes, by whom, and from which commit', () => {
    const { status, output, calls } = verify()
    expect([status, output]).toEqual([0, `digest=${digestOf('a')}`])
    const predicates = ['https://slsa.dev/provenance/v1', 'https://spdx.dev/Document/v2.3']
    expect(calls).toEqual([
      `docker buildx imagetools inspect ${NAME}:${SHA} --format {{.Manifest.Digest}}`,
      ...predicates.map(
        (predicate) =>
          `gh attestation verify oci://${NAME}@${digestOf('a')} --predicate-type ${predicate} --repo Owner/Answerkey ` +
          '--signer-workflow Owner/Answerkey/.github/workflows/deliver.yml ' +
          `--source-ref refs/heads/main --source-digest ${SHA} --deny-self-hosted-runners`,
      ),
    ])
  })

  it('one that fails, or what is no SHA, ends it', () => {
    for (const wrong of [{ refused: 'slsa.dev' }, { refused: 'spdx.dev' }, { sha: 'main' }, { sha: `${SHA}; true` }]) {
      const { status, output } = verify(wrong)
      expect([wrong, status, output]).toEqual([wrong, 1, ''])
    }
  })
})

describe('a promotion', () => {
  it('says which commit it made, and goes back when that is said alone', () => {
    const forward = promote('')
    expect([forward.status, forward.output]).toEqual([0, 'commit=c0ffee'])
    expect(forward.calls).toEqual([`node scripts/promote.ts ${SHA} ${digestOf('a')}`])
    expect(promote('--back').calls).toEqual([`node scripts/promote.ts --back ${SHA} ${digestOf('a')}`])
  })

  it('that is refused ends it', () => {
    const { status, output } = promote('', 'exit 1')
    expect([status, output]).toEqual([1, ''])
  })
})

describe('Workers', () => {
  it('are deployed while the branch names this deployment, and not when it was overtaken', () => {
    expect(isCurrent('c0ffee')).toMatchObject({
      status: 0,
      calls: ['gh api repos/Owner/Answerkey/git/ref/heads/production --jq .object.sha'],
    })
    expect(isCurrent('dec0de').status).toBe(1)
  })

  it('are deployed on the database that is named', () => {
    expect(deploy('d1').calls).toEqual(['npm run deploy'])
    expect(deploy('libsql').calls).toEqual(['npm run deploy -- --env libsql'])
    expect(deploy('postgres')).toMatchObject({ status: 1, calls: [] })
  })
})
