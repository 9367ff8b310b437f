import { css } from 'lit'

/** Where a reader has chosen the colours there are few of them: what was told by colour is told by shape. */
export const forcedColors = css`
  @media (forced-colors: active) {
    .primary {
      forced-color-adjust: none;
    }

    .chip[aria-current] {
      border-width: 3px;
    }

    progress {
      border: 1px solid;
    }

    progress,
    progress::-webkit-progress-bar {
      background: var(--_surface);
    }

    .bar {
      outline: 1px solid;
    }

    .bar .rest {
      fill: var(--_surface);
    }

    .ring .rest {
      stroke-width: 1;
    }
  }
`
