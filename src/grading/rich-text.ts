import * as v from 'valibot'
import { strictObject } from './strict-object.ts'

/** Text as it is served: the author's Markdown, and the HTML that was rendered from it when the quiz was published. */
export const RichText = v.pipe(
  strictObject({ markdown: v.string(), html: v.string() }),
  v.metadata({ ref: 'RichText' }),
)
export type RichText = v.InferOutput<typeof RichText>
