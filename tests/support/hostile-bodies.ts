/** Bodies and headers that nobody means well by, by what every call with a body says to them. */

/** Stands in what is sent, and in no answer. */
export const MARK = 'echo-of-the-body'

export const utf8 = (text: string) => new TextEncoder().encode(text)
export const bytes = (...values: number[]) => new Uint8Array(values)
const utf16 = (text: string) => new Uint8Array(Uint16Array.from([...text], (letter) => letter.charCodeAt(0)).buffer)

/** Nested lists. */
export const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)

/** An object as JSON, with a member written behind its own. */
export const withMember = (value: object, member: string) =>
  JSON.stringify(value).replace(/\}$/, `${Object.keys(value).length > 0 ? ',' : ''}${member}}`)

/** 400 `invalid-json`. */
export const NOT_JSON: readonly (readonly [what: string, body: string | Uint8Array<ArrayBuffer>])[] = [
  ['a text', MARK],
  ['a literal that JSON lacks', `{"a":NaN,"b":"${MARK}"}`],
  ['another', '{"a":-Infinity}'],
  ['undefined', 'undefined'],
  ['single quotes', `{'a':'${MARK}'}`],
  ['a comma at the end', '{"a":1,}'],
  ['a comment', '{/* */}'],
  ['half an object', `{"a":"${MARK}`],
  ['two values', '{}{}'],
  ['white space', ' \n\t'],
  ['NUL', bytes(0)],
  ['two byte order marks', bytes(0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf, 0x7b, 0x7d)],
  ['a byte that is not UTF-8', bytes(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d)],
  ['an overlong sequence', bytes(0x22, 0xc0, 0xaf, 0x22)],
  ['half a surrogate pair in UTF-8', bytes(0x22, 0xed, 0xa0, 0x80, 0x22)],
  ['a character that is cut off', bytes(0x22, 0xe2, 0x82)],
  ['UTF-16', utf16('{"a":1}')],
  ['a form', `a=${MARK}`],
  ['a number with a leading zero', '{"a":01}'],
  ['a raw control character', '{"a":"\u0001"}'],
]

/** JSON, and 422: the body of every call is an object. */
export const NO_OBJECTS: readonly string[] = ['[]', '[{}]', '"text"', '7', '-0', 'true', 'null', `["${MARK}"]`]

/** Names of members that no call has. */
export const UNKNOWN_NAMES: readonly string[] = [
  'extra',
  'constructor',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'prototype',
  '__defineGetter__',
  '',
  '__proto__',
]

/** What is no text, as JSON writes it. */
export const NO_TEXTS: readonly string[] = ['\\u0000', '\\ud800', '\\udc00', '\\ude00\\ud83d', `${MARK}\\ud83d`]

/** Numbers that no double holds, as JSON writes them. */
export const BOUNDLESS_NUMBERS: readonly string[] = ['1e400', '-1e400', '9'.repeat(400)]

/** 415, whatever the body is. */
export const OTHER_MEDIA_TYPES: readonly string[] = [
  'text/plain',
  'text/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/jsonp',
  'application/json2',
  'json',
  'application/problem+json',
  'application/ json',
  ',',
  '',
]

/** 415 as well. */
export const ENCODINGS: readonly string[] = ['gzip', 'br', 'deflate', 'identity, gzip', 'nonsense']

/** No Idempotency-Key, from anyone. */
export const NO_REQUEST_KEYS: readonly string[] = [
  '',
  ' ',
  'two words',
  'ünicode-ünicode-ünicode',
  'x'.repeat(256),
  '\u007f'.repeat(20),
]
