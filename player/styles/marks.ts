import { css } from 'lit'

/** Cards, and what is said on them. */
export const markStyles = css`
  .card {
    min-inline-size: 0;
    color: var(--_text);
    background: var(--_surface);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
  }
  .rich {
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  /* What scrolls needs no breaks within words. */
  .rich .scroller {
    overflow-wrap: normal;
  }
  .written {
    white-space: pre-line;
  }
  .card .rich > :first-child,
  .remark > :first-child,
  .right-answer .rich > :first-child {
    margin-block-start: 0;
  }
  .card .rich > :last-child,
  .remark > :last-child,
  .right-answer .rich > :last-child {
    margin-block-end: 0;
  }
  .mark {
    display: flex;
    gap: 0.4em;
    align-items: baseline;
    font-size: 0.875rem;
    font-weight: 600;
    color: var(--_muted);
  }
  .mark .icon {
    align-self: center;
    stroke-width: 2.5;
  }
  .mark.chosen .icon {
    stroke-width: 5;
  }
  .mark.right,
  .mark.chosenRight {
    color: var(--_correct);
  }
  .mark.chosenPartly {
    color: var(--_partial);
  }
  .mark.chosenWrong {
    color: var(--_incorrect);
  }
  .remark {
    padding: 0.625rem 1rem;
    font-size: 0.9375rem;
    background: var(--_raised);
    border-radius: calc(var(--_radius) - 1px);
  }
  .right-answer {
    display: flex;
    flex-wrap: wrap;
    gap: 0.125rem 0.6em;
    align-items: baseline;
  }
  .right-answer ol {
    margin: 0.25rem 0 0;
    padding-inline-start: 1.75rem;
  }
  .right-answer li > p {
    margin-block: 0.125rem;
  }
  .place {
    flex: none;
    min-inline-size: 1.5em;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
    text-align: center;
    color: var(--_muted);
  }
`
