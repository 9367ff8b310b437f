import { css } from 'lit'

export const buttons = css`
  button,
  a[part~='button'] {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.4em;
    min-block-size: 2.75rem;
    padding: 0.45rem 1.1rem;
    border: 1px solid var(--_edge);
    border-radius: var(--_radius);
    color: var(--_text);
    background: var(--_surface);
    font: inherit;
    font-weight: 550;
    text-decoration: none;
    overflow-wrap: anywhere;
    cursor: pointer;
  }

  button:hover {
    background: var(--_raised);
  }

  .primary {
    border-color: var(--_accent);
    color: var(--_on-accent);
    background: var(--_accent);
  }

  .primary:hover {
    background: color-mix(in srgb, var(--_accent) 88%, var(--_text));
  }

  .quiet {
    border: 0;
    color: var(--_accent);
    background: none;
    padding-inline: 0.5rem;
  }

  button[aria-disabled='true'] {
    border-style: dashed;
    border-color: var(--_edge);
    color: var(--_muted);
    background: var(--_surface);
    cursor: default;
  }

  .buttons {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.75rem;
  }

  .steps {
    display: flex;
    flex-wrap: wrap;
    gap: 0.75rem;
    flex: 1;
    justify-content: flex-end;
  }

  @container (max-width: 34rem) {
    .question > .buttons {
      flex-direction: column;
      align-items: stretch;
    }

    .steps {
      justify-content: space-between;
    }

    .steps > #next:only-child {
      flex: 1;
    }
  }

  dialog {
    max-inline-size: min(28rem, calc(100vi - 2rem));
    padding: 1.5rem;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) * 1.4);
    color: var(--_text);
    background: var(--_surface);
  }

  dialog[open] {
    display: grid;
    gap: 0.75rem;
  }

  dialog::backdrop {
    background: rgb(10 12 20 / 45%);
  }
`
