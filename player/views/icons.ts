import { svg, type SVGTemplateResult, html, type TemplateResult } from 'lit'

/** Pictures that stand beside a word, never for one. */
function icon(shape: SVGTemplateResult): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">${shape}</svg>`
}

export const icons = {
  unanswered: icon(svg`<circle cx="8" cy="8" r="5.5" />`),
  draft: icon(svg`<circle cx="8" cy="8" r="5.5" stroke-dasharray="2.4 3.2" />`),
  answered: icon(svg`<circle cx="8" cy="8" r="4" fill="currentColor" />`),
  correct: icon(svg`<path d="M3 8.5 6.5 12 13 4.5" />`),
  'partially-correct': icon(svg`<path d="M2.5 9.5c2-3 4-3 5.5-1.5s3.5 1.5 5.5-1.5" />`),
  incorrect: icon(svg`<path d="m4 4 8 8M12 4l-8 8" />`),
  pending: icon(svg`<circle cx="8" cy="8" r="6" /><path d="M8 4.5V8l2.5 1.5" />`),
  time: icon(svg`<circle cx="8" cy="8" r="6" /><path d="M8 4.5V8l2.5 1.5" />`),
  back: icon(svg`<path d="M10 3 5 8l5 5" />`),
  forward: icon(svg`<path d="m6 3 5 5-5 5" />`),
  hint: icon(svg`<path d="M6 12.5h4M6.5 14.5h3M5.8 10.5a4.5 4.5 0 1 1 4.4 0" />`),
  notice: icon(svg`<path d="M8 2 14.5 13.5h-13zM8 6.5v3M8 11.6v.100" />`),
}
