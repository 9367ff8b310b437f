import { css } from 'lit'

export const question = css`
  .question,
  .overview,
  .intro {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1.25rem;
    align-content: start;
  }

  .question header {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    align-items: baseline;
    gap: 0.15rem 1rem;
  }

  .question header h2 {
    font-size: 1rem;
  }

  .about {
    display: flex;
    flex-wrap: wrap;
    gap: 0.15rem 1rem;
    color: var(--_muted);
    font-size: 0.9rem;
  }

  .certainty {
    --_tone: var(--_accent);
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.5rem;
    border: 0;
  }

  .certainty legend {
    padding: 0;
    margin-block-end: 0.5rem;
    font-weight: 600;
  }

  .certainty label {
    display: inline-flex;
    align-items: center;
    gap: 0.5rem;
    min-block-size: 2.75rem;
    padding: 0.3rem 1rem;
    border: 1px solid var(--_edge);
    border-radius: 2rem;
    cursor: pointer;
  }

  .certainty label:has(:checked) {
    border-color: var(--_accent);
    box-shadow: inset 0 0 0 1px var(--_accent);
    background: color-mix(in srgb, var(--_accent) 8%, var(--_surface));
  }

  .certainty label:has(:focus-visible) {
    outline: 3px solid var(--_accent);
    outline-offset: 2px;
  }

  .certainty:disabled label {
    cursor: default;
  }

  .result {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
  }

  .result:not(:has(*)) {
    display: none;
  }

  .verdict {
    --_tone: var(--_edge);
    display: flex;
    gap: 0.6rem;
    padding: 0.8rem 1rem;
    border-radius: var(--_radius);
    border-inline-start: 4px solid var(--_tone);
    background: color-mix(in srgb, var(--_tone) 10%, var(--_surface));
  }

  .verdict[data-status='correct'] {
    --_tone: var(--_correct);
  }

  .verdict[data-status='partially-correct'] {
    --_tone: var(--_partial);
  }

  .verdict[data-status='incorrect'] {
    --_tone: var(--_incorrect);
  }

  .verdict > .icon {
    margin-block-start: 0.25rem;
  }

  .verdict > div {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0.2rem 0.9rem;
    min-inline-size: 0;
  }

  .verdict .rich {
    inline-size: 100%;
  }

  .verdict h3 {
    color: var(--_tone);
  }

  .verdict[data-status='unanswered'] h3,
  .verdict[data-status='answered'] h3,
  .verdict[data-status='pending'] h3 {
    color: inherit;
  }

  .saved {
    display: flex;
    align-items: center;
    gap: 0.4rem;
    color: var(--_muted);
    font-size: 0.9rem;
  }

  .hint,
  .comment {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.4rem;
    padding: 0.9rem 1rem;
    border-radius: var(--_radius);
    background: var(--_raised);
  }

  /* What an author wrote may have headings of its own, which count for more. */
  :is(.hint, .comment, .explanation) > h3 {
    display: flex;
    align-items: center;
    gap: 0.4rem;
    color: var(--_muted);
    font-size: 0.9rem;
  }

  .explanation {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.6rem;
    padding-block-start: 1.25rem;
    border-block-start: 1px solid var(--_line);
  }

  .intro .title {
    font-size: min(1.7rem, 9cqi);
  }

  .facts {
    list-style: none;
    display: grid;
    gap: 0.35rem;
    padding: 1rem 1.1rem;
    border-radius: var(--_radius);
    background: var(--_raised);
  }

  .intro > button {
    justify-self: start;
    min-inline-size: min(9rem, 100%);
  }

  .contents {
    list-style: none;
    border-block-start: 1px solid var(--_line);
  }

  .contents li {
    display: flex;
    justify-content: space-between;
    gap: 1rem;
    padding-block: 0.5rem;
    border-block-end: 1px solid var(--_line);
  }

  .contents .count {
    color: var(--_muted);
  }

  @container (min-width: 56rem) {
    .intro {
      grid-template-columns: minmax(0, 44rem) minmax(0, 1fr);
      column-gap: 2.5rem;
    }

    .intro > :not(.contents) {
      grid-column: 1;
    }

    .contents {
      grid-area: 2 / 2 / span 3;
      align-self: start;
      font-size: 0.9rem;
    }
  }
`
