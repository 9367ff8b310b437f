import * as v from 'valibot'
import { maxCharacters } from './max-characters.ts'
import { strictObject } from './strict-object.ts'
import { NfcString } from './text/nfc.ts'
import { MAX_TEXT } from './text/text.ts'

/** Text as it is served: the author's Markdown, and the HTML that was rendered from it when the quiz was published. */
export const RichText = v.pipe(
  strictObject({ markdown: v.string(), html: v.string() }),
  v.metadata({ ref: 'RichText' }),
)
export type RichText = v.InferOutput<typeof RichText>

/**
 * Markdown of at least one visible character. Rendering takes time that grows with the square of how deep lists and
 * quotations nest, so what nests deeper in one line than any text needs is refused.
 */
export const Markdown = v.pipe(
  NfcString,
  v.regex(/\S/u, 'Expected some text.'),
  maxCharacters(MAX_TEXT),
  v.check((text) => !NESTED_TOO_DEEP.test(text), 'Expected lists and quotations less than 33 deep in one line.'),
)
const NESTED_TOO_DEEP = /^(?:[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]|>)){33}/m
