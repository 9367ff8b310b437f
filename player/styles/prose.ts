import { css } from 'lit'

/** What authors write: text, code, tables. */
export const prose = css`
  .rich > * + * {
    margin-block-start: 0.75em;
  }

  .rich :is(p, ul, ol, pre, blockquote, table, h1, h2, h3, h4, h5, h6) {
    margin-block-end: 0;
  }

  .rich > :first-child {
    margin-block-start: 0;
  }

  .rich :is(h1, h2, h3, h4, h5, h6) {
    font-size: 1em;
    line-height: 1.35;
    margin-block-start: 1.25em;
  }

  .rich ul,
  .rich ol {
    padding-inline-start: 1.35em;
  }

  .rich ul {
    list-style: disc;
  }

  .rich ol {
    list-style: decimal;
  }

  .rich li + li {
    margin-block-start: 0.35em;
  }

  .rich a {
    color: var(--_accent);
    text-underline-offset: 0.15em;
  }

  .rich a[target]::after {
    content: ' ↗' / '';
    font-size: 0.85em;
  }

  .rich :is(code, pre) {
    font-family: var(--_mono);
    font-size: 0.9em;
    direction: ltr;
    unicode-bidi: isolate;
  }

  .rich :not(pre) > code {
    padding: 0.1em 0.35em;
    border-radius: 0.3em;
    background: color-mix(in srgb, var(--_text) 7%, transparent);
    box-decoration-break: clone;
    -webkit-box-decoration-break: clone;
    overflow-wrap: anywhere;
  }

  .rich pre {
    margin-inline: 0;
    padding: 0.85rem 1rem;
    overflow-x: auto;
    border-radius: var(--_radius);
    border: 1px solid var(--_line);
    background: var(--_raised);
    line-height: 1.5;
    text-align: start;
    tab-size: 2;
  }

  .rich pre code {
    font-size: inherit;
  }

  .rich blockquote {
    margin-inline: 0;
    padding-inline-start: 1rem;
    border-inline-start: 3px solid var(--_line);
    color: var(--_muted);
  }

  .scroller {
    overflow-x: auto;
  }

  table {
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }

  th,
  td {
    padding: 0.4rem 0.9rem 0.4rem 0;
    border-block-end: 1px solid var(--_line);
    text-align: start;
    vertical-align: top;
  }

  .rich img {
    max-inline-size: 100%;
    block-size: auto;
  }

  .rich hr {
    border: 0;
    border-block-start: 1px solid var(--_line);
  }
`
