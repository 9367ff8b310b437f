import { svg, html, type TemplateResult } from 'lit'

/** Pictures of scores, each of which stands beside the numbers that it shows. Shares are 0 to 1. */

const RADIUS = 42

/** A ring that is filled as far as the score, with a stroke at the pass mark. */
export function ring(share: number, passShare: number, label: string): TemplateResult {
  const mark = `rotate(${passShare * 360} 50 50)`
  return html`<svg class="ring" part="ring" viewBox="0 0 100 100" aria-hidden="true">
    <circle class="rest" cx="50" cy="50" r=${RADIUS} />
    <circle
      class="filled"
      cx="50"
      cy="50"
      r=${RADIUS}
      pathLength="100"
      stroke-dasharray="${filled(share)} 100"
      transform="rotate(-90 50 50)"
    />
    ${passShare > 0 && passShare < 1 ? svg`<path class="mark" d="M50 1v14" transform=${mark} />` : null}
    <text x="50" y="50" text-anchor="middle" dominant-baseline="central">${label}</text>
  </svg>`
}

export function bar(share: number): TemplateResult {
  return html`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
    <rect class="rest" width="100" height="8" />
    <rect class="filled" width=${filled(share)} height="8" />
  </svg>`
}

/** With certainty a question may stand below nothing. */
function filled(share: number): number {
  return Math.max(0, Math.min(1, share)) * 100
}
