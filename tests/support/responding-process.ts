import { once } from 'node:events'
import { writeSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { parseConfig } from '../../src/config.ts'
import { createDeps } from '../../src/hosts/create-deps.ts'
import { openNodeDatabase } from '../../src/hosts/node-database.ts'
import { submitResponses } from '../../src/services/submit-responses.ts'
import { wrongAnswer } from './many-answers.ts'

/**
 * A process that answers the question `many` of an attempt wrongly, from one number to another, and says of each answer
 * that was acknowledged which try it was: a line "<number> <try>" that is out before the next answer is sent. It says that
 * it is ready, and begins when it is told anything: those that are to begin together do, however long each takes to start.
 */
const { values } = parseArgs({
  options: {
    attempt: { type: 'string', default: '' },
    revision: { type: 'string', default: '' },
    from: { type: 'string', default: '0' },
    to: { type: 'string', default: '0' },
  },
})
const { attempt, revision } = values
const { db, close } = await openNodeDatabase(process.env)
const deps = await createDeps(parseConfig(process.env), { db, background: (work) => void work, outgoing: fetch })
writeSync(1, 'ready\n')
await once(process.stdin, 'data')
process.stdin.destroy()
for (let number = Number(values.from); number < Number(values.to); number++) {
  const responses = [{ question: 'many', response: wrongAnswer(number) }]
  const input = { attempt, responses, requestKey: null }
  const { results } = await submitResponses(deps, { kind: 'learner', attempt, revision }, input)
  writeSync(1, `${number} ${results[0]?.try}\n`)
}
close()
