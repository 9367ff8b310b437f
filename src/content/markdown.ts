import type { RichText } from '../grading/rich-text.ts'
import { micromark } from 'micromark'
import { gfmAutolinkLiteral, gfmAutolinkLiteralHtml } from 'micromark-extension-gfm-autolink-literal'
import { gfmStrikethrough, gfmStrikethroughHtml } from 'micromark-extension-gfm-strikethrough'
import { gfmTable, gfmTableHtml } from 'micromark-extension-gfm-table'

/**
 * Renders an author's Markdown. Raw HTML comes out as text, and links of other schemes than http, https, mailto and the
 * like come out without their target: micromark does both unless told otherwise.
 */
export function renderMarkdown(markdown: string): RichText {
  const html = micromark(markdown, {
    extensions: [gfmAutolinkLiteral(), gfmStrikethrough(), gfmTable()],
    htmlExtensions: [gfmAutolinkLiteralHtml(), gfmStrikethroughHtml(), gfmTableHtml()],
  })
  return { markdown, html }
}
