/** Each use of a file is checked by its entity tag, so a page and its scripts are always of one version. */
const CHECKED = { 'Cache-Control': 'public, no-cache', 'X-Content-Type-Options': 'nosniff' }

/**
 * What the built files are served with, by their path: here by the Node host, and on Workers by the platform, for which the
 * build writes it into `_headers`. Pages of any origin embed the player.
 */
export const ASSET_HEADERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '/player.js': {
    ...CHECKED,
    'Access-Control-Allow-Origin': '*',
    'Cross-Origin-Resource-Policy': 'cross-origin',
  },
  '/assets/*': CHECKED,
}
