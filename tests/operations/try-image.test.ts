import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { freePort, run } from '../support/processes.ts'

const SHA = 'f00d'.repeat(10)
const IMAGE = `ghcr.io/owner/answerkey@sha256:${'a'.repeat(64)}`

/** Stands in for docker, which is not at hand: its container is the Node host on this machine. */
async function docker(image: { label?: string; user?: string; runs?: string } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'answerkey-image-'))
  const port = await freePort()
  const { label = SHA, user = 'node', runs = SHA } = image
  writeFileSync(
    join(folder, 'docker'),
    `#!/bin/bash
echo "$*" >> '${folder}/calls'
case "$1 $3" in
  "inspect "*revision*) echo '${label}' ;;
  "inspect "*User*) echo '${user}' ;;
  "inspect "*ExitCode*) cat '${folder}/exit-code' ;;
  run*)
    (PORT=${port} LISTEN_HOST=127.0.0.1 DATA_DIR='${folder}' DATABASE_URL= GIT_SHA='${runs}' node src/hosts/node.ts &
     echo $! > '${folder}/pid'; wait $!; echo $? > '${folder}/exit-code') > '${folder}/log' 2>&1 &
    echo container ;;
  port*) echo '127.0.0.1:${port}' ;;
  exec*) node src/cli/main.ts publish questions --url 'http://127.0.0.1:${port}' ;;
  stop*) kill "$(cat '${folder}/pid')"; until [ -s '${folder}/exit-code' ]; do sleep 0.05; done ;;
  logs*) cat '${folder}/log' ;;
  rm*) [ -s '${folder}/exit-code' ] || kill -9 "$(cat '${folder}/pid')" ;;
esac
`,
  )
  chmodSync(join(folder, 'docker'), 0o755)
  const PATH = `${folder}${delimiter}${process.env['PATH']}`
  const tried = await run('node', ['scripts/try-image.ts', IMAGE, SHA], { PATH })
  const calls = readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n')
  return { ...tried, calls, verbs: calls.map((call) => call.split(' ')[0]) }
}

describe('an image is tried', () => {
  it('as the cluster runs it, and passes when all that is said of it holds', async () => {
    const { code, stderr, calls, verbs } = await docker()
    expect([code, stderr]).toEqual([0, ''])
    expect(verbs).toEqual(['pull', 'inspect', 'inspect', 'run', 'port', 'exec', 'stop', 'inspect', 'rm'])
    expect(calls[3]).toContain('--read-only --cap-drop ALL --security-opt no-new-privileges')
    expect(calls[3]).not.toMatch(/ADMIN_KEY=|SIGNING_KEYS=/)
  }, 30_000)

  const refused: [name: string, image: Parameters<typeof docker>[0], says: string, last: string][] = [
    ['is labelled with another commit', { label: 'beef'.repeat(10) }, 'built from beef', 'inspect'],
    ['runs as root', { user: '0:0' }, 'runs as root', 'inspect'],
    ['says another commit', { runs: 'unknown' }, 'Expected /version to be', 'rm'],
  ]
  for (const [name, image, says, last] of refused) {
    it(`and refused when it ${name}`, async () => {
      const { code, stderr, verbs } = await docker(image)
      expect([code, verbs.at(-1)]).toEqual([1, last])
      expect(stderr).toContain(says)
    }, 30_000)
  }
})
