import type { RichText } from '../contract.ts'
import { noChange } from 'lit'
import { Directive, directive } from 'lit/directive.js'
import { parseHtml } from './trusted-html.ts'

/** What the server rendered, as nodes that are made once and stay while the text is the same. */
class RichTextDirective extends Directive {
  #html: string | null = null

  override render({ html }: RichText): unknown {
    if (html === this.#html) return noChange
    this.#html = html
    return prepare(document.importNode(parseHtml(html), true))
  }
}

export const richText = directive(RichTextDirective)

/** Links leave the quiz where it is; what may be wider than the page scrolls by keyboard too. */
export function prepare(content: DocumentFragment): DocumentFragment {
  for (const link of content.querySelectorAll('a[href]')) {
    link.setAttribute('target', '_blank')
    link.setAttribute('rel', 'noopener noreferrer')
  }
  for (const code of content.querySelectorAll('pre')) code.setAttribute('tabindex', '0')
  for (const table of content.querySelectorAll('table')) {
    const scroller = document.createElement('div')
    scroller.className = 'scroller'
    scroller.setAttribute('tabindex', '0')
    table.replaceWith(scroller)
    scroller.append(table)
  }
  return content
}

/** The same as text alone, for places that take no markup. */
export function plainText({ html }: RichText): string {
  return (parseHtml(html).textContent ?? '').replace(/\s+/g, ' ').trim()
}

/** Whether a few words without any markup are all of it, so that the plain text loses nothing. */
export function isPlain(text: RichText): boolean {
  return /^<p>[^<]*<\/p>$/.test(text.html) && plainText(text).length <= 40
}
