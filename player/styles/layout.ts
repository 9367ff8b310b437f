import { css } from 'lit'

/** Where things stand while an attempt is taken: the outline is beside the question where there is room. */
export const layout = css`
  .top {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0.4rem 1rem;
    align-items: baseline;
  }

  .name {
    font-weight: 600;
  }

  .timer {
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }

  .timer[data-short='true'] {
    color: var(--_incorrect);
    font-weight: 650;
  }

  .progress {
    inline-size: 100%;
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.3rem 0.9rem;
    color: var(--_muted);
    font-size: 0.9rem;
  }

  progress {
    appearance: none;
    flex: 1 1 8rem;
    block-size: 0.4rem;
    border: 0;
    border-radius: 1rem;
    overflow: hidden;
    background: var(--_line);
  }

  progress::-webkit-progress-bar {
    background: var(--_line);
  }

  progress::-webkit-progress-value {
    background: var(--_accent);
  }

  progress::-moz-progress-bar {
    background: var(--_accent);
  }

  .layout {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1.25rem;
  }

  .outline > #sections {
    display: none;
  }

  .outline[data-open='true'] > #sections,
  #sections {
    gap: 1rem;
  }

  .outline[data-open='true'] > #sections {
    display: grid;
    margin-block-start: 0.75rem;
    padding: 1rem;
    border-radius: var(--_radius);
    background: var(--_raised);
  }

  .unfold {
    justify-content: space-between;
    inline-size: 100%;
    border-color: var(--_line);
  }

  .unfold::after {
    content: '';
    inline-size: 0.5em;
    block-size: 0.5em;
    border: solid currentColor;
    border-width: 0 2px 2px 0;
    transform: translateY(-0.15em) rotate(45deg);
  }

  .unfold[aria-expanded='true']::after {
    transform: translateY(0.1em) rotate(225deg);
  }

  #sections > .quiet {
    justify-self: start;
    padding-inline: 0;
  }

  .section > p {
    inline-size: fit-content;
    margin-block-end: 0.35rem;
    color: var(--_muted);
    font-size: 0.9rem;
  }

  .section > ol {
    list-style: none;
    display: flex;
    flex-wrap: wrap;
    gap: 0.4rem;
  }

  .chip {
    gap: 0.3em;
    min-inline-size: 2.75rem;
    min-block-size: 2.25rem;
    padding: 0.2rem 0.55rem;
    border-color: var(--_line);
    font-size: 0.9rem;
    font-variant-numeric: tabular-nums;
  }

  .chip .icon {
    inline-size: 0.85em;
    block-size: 0.85em;
    color: var(--_edge);
  }

  .chip[data-status='answered'] .icon {
    color: var(--_accent);
  }

  [data-status='correct'] > .icon,
  [data-status='correct'] h2 > .icon {
    color: var(--_correct);
  }

  [data-status='partially-correct'] > .icon {
    color: var(--_partial);
  }

  [data-status='incorrect'] > .icon,
  [data-status='incorrect'] h2 > .icon {
    color: var(--_incorrect);
  }

  .chip[aria-current] {
    border-color: var(--_accent);
    box-shadow: inset 0 0 0 1px var(--_accent);
    font-weight: 650;
  }

  @container (min-width: 56rem) {
    .layout {
      grid-template-columns: 15rem minmax(0, 44rem);
      gap: 2.5rem;
      align-items: start;
    }

    .outline > #sections,
    .outline[data-open='true'] > #sections {
      display: grid;
      margin: 0;
      padding: 0;
      background: none;
    }

    .outline {
      position: sticky;
      inset-block-start: 1rem;
      max-block-size: calc(100vb - 2rem);
      overflow-y: auto;
      /* Room for the ring of focus, which would be cut off. */
      padding: 6px;
      margin: -6px;
    }

    .unfold {
      display: none;
    }
  }
`
