import { css } from 'lit'

/** What holds for everything: the frame, focus, text that is for screen readers alone. */
export const base = css`
  :host {
    display: block;
    container-type: inline-size;
    color: var(--_text);
    background: var(--_surface);
    font-family: var(--_font);
    line-height: 1.55;
    text-align: start;
  }

  :host([hidden]) {
    display: none;
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  .frame {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1.25rem;
    box-sizing: content-box;
    max-inline-size: 61.5rem;
    margin-inline: auto;
    padding: clamp(1rem, 4cqi, 2rem);
    overflow-wrap: break-word;
  }

  h2,
  h3,
  p,
  ul,
  ol,
  fieldset {
    margin: 0;
    padding: 0;
  }

  h2 {
    font-size: 1.35rem;
    line-height: 1.3;
    text-wrap: balance;
  }

  h3 {
    font-size: 1.05rem;
    line-height: 1.35;
  }

  :focus-visible {
    outline: 3px solid var(--_accent);
    outline-offset: 2px;
  }

  h2:focus,
  h3:focus {
    outline: none;
  }

  h2:focus-visible,
  h3:focus-visible {
    outline: 3px solid var(--_accent);
    outline-offset: 4px;
    border-radius: 2px;
  }

  .icon {
    inline-size: 1.1em;
    block-size: 1.1em;
    flex: none;
    vertical-align: -0.15em;
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  [dir='rtl'] .steps .icon {
    transform: scaleX(-1);
  }

  ::slotted(*) {
    margin-block: 0;
  }

  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  .loading {
    color: var(--_muted);
  }

  .warning {
    display: flex;
    align-items: center;
    gap: 0.6rem;
    padding: 0.7rem 1rem;
    border-radius: var(--_radius);
    border: 1px solid color-mix(in srgb, var(--_partial) 45%, transparent);
    background: color-mix(in srgb, var(--_partial) 9%, var(--_surface));
  }

  .warning:has(button) {
    flex-wrap: wrap;
  }

  .warning > p {
    flex: 1 1 14rem;
  }

  .warning > .icon {
    color: var(--_partial);
  }

  .problem {
    display: grid;
    gap: 0.75rem;
    justify-items: start;
  }

  @media (prefers-reduced-motion: no-preference) {
    .question,
    .overview,
    .intro {
      animation: appear 160ms ease-out;
    }

    @keyframes appear {
      from {
        opacity: 0.3;
      }
    }
  }
`
