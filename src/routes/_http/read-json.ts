import { AnswerkeyError, invalidInput } from '../../errors.ts'
import { parse } from '../../grading/issue.ts'
import { scanJson } from './scan-json.ts'
import type * as v from 'valibot'

export interface BodyRule<Schema extends v.GenericSchema = v.GenericSchema> {
  readonly schema: Schema
  /** What the API description shows where a service does the parsing. */
  readonly documented?: v.GenericSchema
  /** In bytes; counted while reading, for a client may lie about the length. */
  readonly maxBytes: number
  /** A call that may come without a body gets an empty object. */
  readonly optional?: boolean
}

/** Reads and validates a JSON body. Nothing of it is repeated in an error. */
export async function readJson<Schema extends v.GenericSchema>(
  request: Request,
  rule: BodyRule<Schema>,
): Promise<v.InferOutput<Schema>> {
  refuseEncoding(request.headers.get('Content-Encoding'))
  const bytes = await readBytes(request, rule.maxBytes)
  const missing = bytes.length === 0
  if (missing ? !rule.optional : !isJson(request.headers.get('Content-Type'))) {
    throw new AnswerkeyError('unsupported-media-type', 'The body must be JSON, with Content-Type: application/json.')
  }
  const parsed = parse(rule.schema, missing ? {} : parseJson(bytes))
  if (!parsed.ok) throw invalidInput(parsed.issues)
  return parsed.value
}

function refuseEncoding(encoding: string | null): void {
  if (encoding === null || encoding.toLowerCase() === 'identity') return
  throw new AnswerkeyError('unsupported-media-type', 'The body must come as it is, without a Content-Encoding.')
}

function isJson(contentType: string | null): boolean {
  return /^application\/json\s*(?:;|$)/i.test(contentType ?? '')
}

async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  if (request.body) {
    const reader = (request.body as ReadableStream<Uint8Array>).getReader()
    for (;;) {
      const { done, value } = await reader.read().catch(throwNotJson)
      if (done) break
      length += value.length
      if (length > maxBytes) {
        await reader.cancel()
        throw new AnswerkeyError('body-too-large', `The body is larger than ${maxBytes} bytes.`)
      }
      chunks.push(value)
    }
  }
  const bytes = new Uint8Array(length)
  let offset = 0
  for (const chunk of chunks) {
    bytes.set(chunk, offset)
    offset += chunk.length
  }
  return bytes
}

function parseJson(bytes: Uint8Array): unknown {
  let value: unknown
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    value = JSON.parse(text)
  } catch {
    throwNotJson()
  }
  const flaw = scanJson(text)
  if (flaw) throw new AnswerkeyError('invalid-input', 'The input is not valid.', { errors: [flaw] })
  return value
}

/** Also for a body that breaks off: the caller is gone, or lied about its length. */
function throwNotJson(): never {
  throw new AnswerkeyError('invalid-json', 'The body is not well-formed JSON in UTF-8.', {
    errors: [{ pointer: '', code: 'invalid-json', detail: 'JSON cannot be read here.' }],
  })
}
