import { css } from 'lit'

/** Lists of items to be put in order, and of prompts with the options that go with them. */
export const rowStyles = css`
  .rows {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.5rem;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem 0.75rem;
    align-items: center;
    padding: 0.5rem 1rem;
    min-block-size: 2.75rem;
    box-sizing: border-box;
  }
  .row > .rich {
    flex: 1 1 6rem;
  }
  .row > .remark,
  .row > .right-answer,
  .row > .mark {
    flex: 1 0 100%;
  }
  .row > .remark {
    box-sizing: border-box;
    margin-block-end: 0.25rem;
  }
  .row[data-lifted],
  .row[data-over] {
    background: color-mix(in oklab, var(--_accent) 8%, var(--_surface));
    border-color: var(--_accent);
    box-shadow: inset 0 0 0 1px var(--_accent);
  }
  .ordering {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 0.75rem;
  }
  .grip {
    display: grid;
    place-items: center;
    inline-size: 2.75rem;
    block-size: 2.75rem;
    margin-inline: -1rem -0.75rem;
    color: var(--_muted);
    cursor: grab;
    touch-action: none;
    user-select: none;
  }
  .row[data-lifted] .grip {
    cursor: grabbing;
  }
  .moves {
    display: flex;
    gap: 0.25rem;
    margin-inline: auto -0.5rem;
  }
  .move,
  .keep {
    min-inline-size: 2.75rem;
    min-block-size: 2.75rem;
    font: inherit;
    color: var(--_text);
    background: none;
    border: 1px solid var(--_line);
    border-radius: calc(var(--_radius) * 0.75);
    cursor: pointer;
  }
  .move {
    display: grid;
    place-items: center;
    padding: 0;
  }
  .move:hover,
  .keep:hover {
    border-color: var(--_edge);
  }
  .move[aria-disabled='true'] {
    color: var(--_line);
    border-color: transparent;
    cursor: default;
  }
  .keep {
    display: flex;
    gap: 0.5em;
    align-items: center;
    justify-self: start;
    padding: 0.5rem 1rem;
  }
  .keep[aria-disabled='true'] {
    padding-inline: 0;
    color: var(--_muted);
    border-color: transparent;
    cursor: default;
  }
  @media (forced-colors: active) {
    .move[aria-disabled='true'],
    .keep[aria-disabled='true'] {
      color: GrayText;
      border-color: Canvas;
    }
  }
  .matching {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr));
    gap: 1.25rem;
    align-items: start;
  }
  .matching .entry {
    flex: 1 1 16rem;
  }
  .row > .rich:has(+ .entry) {
    flex-basis: 14rem;
  }
  .options-title {
    margin: 0 0 0.5rem;
    font-size: 0.875rem;
    font-weight: 600;
    color: var(--_muted);
  }
  .row.draggable {
    cursor: grab;
  }
  @container (max-width: 34rem) {
    .ordering .row {
      column-gap: 0.5rem;
      padding-inline: 0.5rem;
    }
    .ordering .grip {
      margin-inline: -0.75rem;
    }
    .ordering .moves {
      margin-inline-end: 0;
    }
  }
`
