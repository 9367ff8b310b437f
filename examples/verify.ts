/**
 * How another service checks what Answerkey signed, knowing nothing but its address:
 * `node examples/verify.ts http://localhost:8787 <progress token or receipt>`
 */
import { createRemoteJWKSet, jwtVerify } from 'jose'

type Claims = { score: number; maxScore: number; passed: boolean; quiz: string; progress: object }

const [issuer = '', token = ''] = process.argv.slice(2)
const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', issuer))
const options = { issuer, audience: issuer, algorithms: ['ES256'] }
const { payload, protectedHeader } = await jwtVerify<Claims>(token, keys, options)
if (protectedHeader.typ === 'receipt+jwt') {
  console.log(`A receipt: ${payload.score} of ${payload.maxScore} points, passed: ${payload.passed}`)
} else if (protectedHeader.typ === 'progress+jwt') {
  console.log(`Progress in ${payload.quiz}: ${JSON.stringify(payload.progress)}`)
}
