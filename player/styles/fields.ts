import { css } from 'lit'

/** What is typed into, and selects. */
export const fieldStyles = css`
  .entry {
    box-sizing: border-box;
    min-inline-size: 0;
    max-inline-size: 100%;
    min-block-size: 2.75rem;
    padding: 0.5rem 0.75rem;
    font: inherit;
    color: var(--_text);
    background: var(--_surface);
    border: 1px solid var(--_edge);
    border-radius: calc(var(--_radius) * 0.75);
  }
  .entry:focus-visible,
  .keep:focus-visible,
  .move:focus-visible {
    outline: 3px solid var(--_accent);
    outline-offset: 2px;
  }
  .entry[aria-invalid='true']:not(:focus) {
    border-color: var(--_incorrect);
    box-shadow: inset 0 0 0 1px var(--_incorrect);
  }
  /* What can only be looked at stays as readable as it was. */
  .entry:read-only:not(select),
  .entry:disabled {
    color: var(--_text);
    background: var(--_raised);
    opacity: 1;
  }
  select.entry {
    text-overflow: ellipsis;
  }
  .entry.wide {
    inline-size: 100%;
  }
  .entry.number {
    flex: 1 1 8rem;
    max-inline-size: 16rem;
    font-variant-numeric: tabular-nums;
  }
  .entry.essay {
    inline-size: 100%;
    min-block-size: 10rem;
    line-height: 1.6;
    resize: vertical;
    field-sizing: content;
  }
  .field {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.5rem;
  }
  .number-and-unit {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    align-items: center;
  }
  .note {
    font-size: 0.875rem;
    color: var(--_muted);
  }
  .note:empty {
    display: none;
  }
  .note.wrong,
  .note .wrong {
    font-weight: 600;
    color: var(--_incorrect);
  }
  /* A number half typed is no mistake yet. */
  .number-and-unit:has(.number:focus) + .note .wrong {
    display: none;
  }
`
