import { css } from 'lit'

/** Fields within a text. */
export const clozeStyles = css`
  .cloze {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
  }
  .said-on-blanks:empty {
    display: none;
  }
  .blank {
    display: inline-flex;
    gap: 0.25em;
    align-items: center;
    max-inline-size: 100%;
    margin-block: 0.125rem;
    vertical-align: middle;
    white-space: normal;
  }
  .blank .entry {
    min-block-size: 2.25rem;
    padding: 0.125rem 0.5rem;
    field-sizing: content;
  }
  .blank input.entry {
    min-inline-size: 6ch;
  }
  .blank .place {
    min-inline-size: 1.25rem;
    font-size: 0.6875rem;
    line-height: 1.25rem;
    background: var(--_raised);
    border: 1px solid var(--_line);
    border-radius: 0.625rem;
  }
  .said-on-blanks {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.75rem;
  }
  .said-on-blank {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.375rem;
  }
  .blank-name {
    font-size: 0.875rem;
    font-weight: 600;
    color: var(--_muted);
  }
  .on-option {
    margin-block-end: 0.125rem;
    font-weight: 600;
  }
  .on-option + p {
    margin-block-start: 0;
  }
`
