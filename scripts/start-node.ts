import { parseArgs } from 'node:util'
import { prepareDevelopment, printWelcome, waitUntilHealthy } from './_development.ts'
import { publishBank } from './_publish.ts'

/** `npm run start:node`: Answerkey on this machine on Node, with an embedded libSQL file or the DATABASE_URL. */
const { values } = parseArgs({ options: { port: { type: 'string', default: process.env['PORT'] || '8787' } } })
const development = await prepareDevelopment(Number(values.port))
process.env['DATA_DIR'] = development.dataDir
process.env['PORT'] = String(development.port)
process.env['PUBLIC_URL'] = development.publicUrl
process.env['ADMIN_KEY'] = development.adminKey
process.env['SIGNING_KEYS'] = development.signingKeys
process.env['GIT_SHA'] = development.gitSha
await import('../src/hosts/node.ts')

const origin = `http://localhost:${development.port}`
await waitUntilHealthy(origin, () => false)
await publishBank(origin, development.adminKey)
printWelcome(development)
