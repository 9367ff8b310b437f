import { html, type TemplateResult } from 'lit'

const PATHS = {
  check: 'M3 8.5 6.5 12 13 4.5',
  cross: 'm4 4 8 8m0-8-8 8',
  dash: 'M3 8h10',
  dot: 'M8 7.9v.2',
  up: 'M8 13V3M3.5 7.5 8 3l4.5 4.5',
  down: 'M8 3v10M3.5 8.5 8 13l4.5-4.5',
  grip: 'M3 5.5h10M3 10.5h10',
}

/** A sign in the colour of the text beside it, which says the same in words. */
export function icon(name: keyof typeof PATHS): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d=${PATHS[name]}></path></svg>`
}
