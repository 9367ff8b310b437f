import { css } from 'lit'

/** Options as cards, with radio buttons and checkboxes of our own where colours are not the reader's. */
export const choiceStyles = css`
  .cards {
    --_tone: var(--_accent);
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.75rem;
  }
  .choice {
    display: flex;
    gap: 0.75rem;
    align-items: flex-start;
    padding: 0.75rem 1rem;
    cursor: pointer;
  }
  .choice > .rich {
    display: block;
    flex: 1;
  }
  .choice .mark {
    margin-block-start: 0.375rem;
  }
  .card:not(.locked):has(> .choice:hover) {
    border-color: var(--_edge);
  }
  .card.chosen,
  .card.chosen:has(> .choice:hover) {
    background: color-mix(in oklab, var(--_tone) 8%, var(--_surface));
    border-color: var(--_tone);
    box-shadow: inset 0 0 0 1px var(--_tone);
  }
  .card:has(> .choice .mark:is(.right, .chosenRight)) {
    --_tone: var(--_correct);
    border-color: var(--_tone);
  }
  .card:has(> .choice .mark.chosenPartly) {
    --_tone: var(--_partial);
  }
  .card:has(> .choice .mark.chosenWrong) {
    --_tone: var(--_incorrect);
  }
  .card.locked > .choice {
    cursor: auto;
  }
  .card:has(> .choice > :focus-visible) {
    outline: 3px solid var(--_accent);
    outline-offset: 2px;
  }
  .cards .remark {
    margin: 0 1px 1px;
    padding-inline-start: 3rem;
  }
  .dot-or-tick {
    flex: none;
    inline-size: 1.25rem;
    block-size: 1.25rem;
    margin: calc((1lh - 1.25rem) / 2) 0;
    font: inherit;
    appearance: none;
    background: var(--_surface);
    border: 2px solid var(--_edge);
    border-radius: 0.25rem;
    outline: none;
  }
  .dot-or-tick[type='radio'] {
    border-radius: 50%;
  }
  .dot-or-tick:checked {
    border-color: var(--_tone);
  }
  .dot-or-tick[type='radio']:checked {
    border-width: 0.375rem;
  }
  .dot-or-tick[type='checkbox']:checked {
    background: var(--_tone);
  }
  .dot-or-tick[type='checkbox']:checked::before {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    content: '';
    background: var(--_on-accent);
    clip-path: polygon(12% 52%, 26% 38%, 42% 54%, 76% 18%, 90% 32%, 42% 82%);
  }
  @media (forced-colors: active) {
    .dot-or-tick {
      appearance: auto;
    }
  }
`
