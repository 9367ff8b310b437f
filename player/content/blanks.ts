import { noChange, render, type TemplateResult } from 'lit'
import { Directive, directive } from 'lit/directive.js'
import type { RichText } from '../contract.ts'
import { prepare } from './rich-text.ts'
import { parseHtml } from './trusted-html.ts'

/** How a prompt marks a blank. */
const MARKER = /\{\{([A-Za-z0-9][A-Za-z0-9_-]*)\}\}/

/** What the server rendered, with a field in the place of each mark: nodes that are made once, for focus and caret to stay. */
class TextWithBlanks extends Directive {
  #html: string | null = null
  #places = new Map<string, HTMLElement>()

  override render({ html }: RichText, fields: ReadonlyMap<string, TemplateResult>): unknown {
    const isNew = html !== this.#html
    const content = document.createDocumentFragment()
    if (isNew) {
      this.#html = html
      content.append(prepare(document.importNode(parseHtml(html), true)))
      this.#places = makePlaces(content, fields)
    }
    for (const [id, field] of fields) render(field, this.#places.get(id)!)
    return isNew ? content : noChange
  }
}

export const textWithBlanks = directive(TextWithBlanks)

/** The ids in the order in which the text marks them. */
export function inReadingOrder<Blank extends { readonly id: string }>(
  blanks: readonly Blank[],
  { html }: RichText,
): Blank[] {
  const at = ({ id }: Blank) => html.indexOf(`{{${id}}}`)
  return blanks.toSorted((a, b) => at(a) - at(b))
}

/** Replaces the marks by elements. A blank whose mark no text shows, being in an address, comes after the text. */
function makePlaces(content: DocumentFragment, fields: ReadonlyMap<string, unknown>): Map<string, HTMLElement> {
  const places = new Map<string, HTMLElement>()
  const place = (id: string): HTMLElement => {
    const element = document.createElement('span')
    element.className = 'blank'
    places.set(id, element)
    return element
  }
  for (const text of textsIn(content)) {
    // Split by a pattern with a group, a text has the ids at the odd places.
    const pieces = text.data
      .split(MARKER)
      .map((piece, index) => (index % 2 === 0 ? piece : fields.has(piece) ? place(piece) : `{{${piece}}}`))
    if (pieces.length === 1) continue
    const link = text.parentElement?.closest('a')
    text.replaceWith(...pieces)
    // A field cannot be used inside a link.
    link?.replaceWith(...link.childNodes)
  }
  for (const id of fields.keys()) {
    if (places.has(id)) continue
    const paragraph = document.createElement('p')
    paragraph.append(place(id))
    content.append(paragraph)
  }
  return places
}

function textsIn(content: DocumentFragment): Text[] {
  const walker = document.createTreeWalker(content, NodeFilter.SHOW_TEXT)
  const texts: Text[] = []
  while (walker.nextNode()) texts.push(walker.currentNode as Text)
  return texts
}
