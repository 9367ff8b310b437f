import { css } from 'lit'

/**
 * What a host page may set, with the values that hold otherwise. Whether it is light or dark follows the page's
 * `color-scheme`, so a page that is light alone gets a light player.
 */
export const tokens = css`
  :host {
    --_accent: var(--answerkey-accent, light-dark(#3a49b8, #aab4ff));
    --_on-accent: var(--answerkey-on-accent, light-dark(#ffffff, #14183a));
    --_surface: var(--answerkey-surface, light-dark(#ffffff, #16181d));
    --_raised: var(--answerkey-raised, light-dark(#f5f6f9, #1f2229));
    --_text: var(--answerkey-text, light-dark(#1b1e26, #e7e9ee));
    --_muted: var(--answerkey-muted, light-dark(#59606e, #a4abb9));
    --_line: var(--answerkey-line, light-dark(#dcdfe6, #363b46));
    --_edge: var(--answerkey-edge, light-dark(#7b8291, #7f8796));
    --_correct: var(--answerkey-correct, light-dark(#17703f, #6fd39b));
    --_partial: var(--answerkey-partial, light-dark(#8a5a00, #f0c05a));
    --_incorrect: var(--answerkey-incorrect, light-dark(#b3261e, #ff9d94));
    --_radius: var(--answerkey-radius, 0.625rem);
    --_font: var(--answerkey-font, inherit);
    --_mono: var(--answerkey-mono, ui-monospace, 'SFMono-Regular', 'DejaVu Sans Mono', Menlo, monospace);
  }

  @media (prefers-contrast: more) {
    :host {
      --_muted: var(--_text);
      --_line: var(--_edge);
      --_edge: var(--_text);
    }
  }

  /* The reader's own colours, also where a browser leaves those of an author. */
  @media (forced-colors: active) {
    :host {
      --_accent: Highlight;
      --_on-accent: HighlightText;
      --_surface: Canvas;
      --_raised: Canvas;
      --_text: CanvasText;
      --_muted: CanvasText;
      --_line: GrayText;
      --_edge: ButtonBorder;
      --_correct: CanvasText;
      --_partial: CanvasText;
      --_incorrect: CanvasText;
    }
  }
`
