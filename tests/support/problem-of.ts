import type { Answer } from './client.ts'

/**
 * What a problem says in short: its status, its code, and for each of its errors the pointer and the code. Throws where
 * the answer is no problem, or contradicts itself.
 */
export function problemOf({ status, headers, body }: Answer): (number | string)[] {
  const mediaType = headers.get('Content-Type')
  if (mediaType !== 'application/problem+json') throw new Error(`${status} comes as ${mediaType}, not as a problem.`)
  if (body.status !== status) throw new Error(`${status} says that it is ${body.status}.`)
  if (!String(body.type).endsWith(`/problems/${body.code}`)) throw new Error(`${body.code} is of type ${body.type}.`)
  if (body.instance !== headers.get('X-Request-Id')) throw new Error('The instance is not the id of the request.')
  const errors = body.errors as { pointer: string; code: string }[]
  return [status, body.code, ...errors.map(({ pointer, code }) => `${pointer} ${code}`)]
}
