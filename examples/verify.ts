/**
 * How another service checks what Answerkey signed, knowing nothing but its address:
 * `node examples/verify.ts http://localhost:8787 <progress token or receipt>`
 */
import { createRemoteJWKSet, jwtVerify } from 'jose'

const [issuer = '', token = ''] = process.argv.slice(2)
const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', issuer))
const { payload, protectedHeader } = await jwtVerify(token, keys, { issuer, audience: issuer, algorithms: ['ES256'] })
if (protectedHeader.typ === 'receipt+jwt') {
  console.log(`A receipt: ${payload['score']} of ${payload['maxScore']} points, passed: ${payload['passed']}`)
} else if (protectedHeader.typ === 'progress+jwt') {
  console.log(`Progress in ${payload['quiz']}: ${JSON.stringify(payload['progress'])}`)
}
