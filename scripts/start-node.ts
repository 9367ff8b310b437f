import {
  originOn,
  prepareDevelopment,
  printWelcome,
  readOptions,
  refuseTakenPort,
  waitUntilHealthy,
} from './_development.ts'
import { publishBank } from './_publish.ts'

/** `npm run start:node`: Answerkey on this machine on Node, with an embedded libSQL file or the DATABASE_URL. */
const { port } = readOptions(['port'])
const development = await prepareDevelopment(port ?? process.env['PORT'])
process.env['DATA_DIR'] = development.dataDir
process.env['PORT'] = String(development.port)
process.env['LISTEN_HOST'] ||= 'localhost'
process.env['PUBLIC_URL'] = development.publicUrl
process.env['ADMIN_KEY'] = development.adminKey
process.env['SIGNING_KEYS'] = development.signingKeys
process.env['GIT_SHA'] = development.gitSha
const origin = originOn(process.env['LISTEN_HOST'], development.port)
await refuseTakenPort(origin)
await import('../src/hosts/node.ts')
await waitUntilHealthy(origin, () => false)
await publishBank(origin, development.adminKey)
printWelcome(development)
