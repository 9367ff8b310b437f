/**
 * HTML that the server rendered from an author's Markdown, with raw HTML off and link schemes limited. Under a policy of
 * Trusted Types a page has to admit the names `answerkey` and `lit-html`.
 */
const policy = globalThis.window?.trustedTypes?.createPolicy('answerkey', { createHTML: (html) => html })

/** Parses without running or loading anything: a template's content belongs to no page. */
export function parseHtml(html: string): DocumentFragment {
  const template = document.createElement('template')
  template.innerHTML = (policy?.createHTML(html) ?? html) as string
  return template.content
}
