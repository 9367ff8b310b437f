import { css } from 'lit'

export const overview = css`
  .overview section {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.6rem;
  }

  .overview > button {
    justify-self: start;
  }

  .outcome {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 1.25rem 1.75rem;
    padding: min(1.25rem, 5cqi);
    border-radius: calc(var(--_radius) * 1.4);
    background: var(--_raised);
  }

  .outcome > div {
    min-inline-size: 0;
  }

  .outcome h2 {
    display: flex;
    align-items: center;
    gap: 0.4em;
    font-size: min(1.6rem, 12cqi);
  }

  .outcome .total {
    font-size: 1.1rem;
    font-variant-numeric: tabular-nums;
  }

  .ring {
    inline-size: 7.5rem;
    block-size: 7.5rem;
    flex: none;
  }

  .ring circle {
    fill: none;
    stroke-width: 9;
  }

  .ring .rest {
    stroke: var(--_line);
  }

  .ring .filled {
    stroke: var(--_accent);
  }

  [data-status='correct'] .ring .filled {
    stroke: var(--_correct);
  }

  .ring .mark {
    stroke: var(--_text);
    stroke-width: 2;
  }

  .ring text {
    fill: var(--_text);
    font: 600 1.25rem var(--_font);
  }

  .overview table {
    inline-size: 100%;
  }

  .scores th {
    font-weight: inherit;
  }

  .scores td:nth-child(2) {
    inline-size: 40%;
    vertical-align: middle;
  }

  .scores td:last-child {
    padding-inline-end: 0;
    text-align: end;
    white-space: nowrap;
  }

  .bar {
    display: block;
    inline-size: 100%;
    block-size: 0.5rem;
    border-radius: 1rem;
    overflow: hidden;
  }

  .bar .rest {
    fill: var(--_line);
  }

  .bar .filled {
    fill: var(--_accent);
  }

  [dir='rtl'] .bar {
    transform: scaleX(-1);
  }

  .receipt a {
    color: var(--_accent);
    padding-block: 0.6rem;
  }

  @container (max-width: 34rem) {
    .scores td:nth-child(2) {
      inline-size: 22%;
    }
  }

  /* The numbers say what the bars show. */
  @container (max-width: 16rem) {
    .scores td:nth-child(2) {
      display: none;
    }

    .scores td:last-child {
      white-space: normal;
    }
  }
`
