import { securityHeaders } from '../security-headers.ts'

/** Each use of a file is checked by its entity tag, so a page and its scripts are always of one version. */
const CHECKED = { 'Cache-Control': 'public, no-cache' }

/**
 * What the built files are served with, by their path: here by the Node host, and on Workers by the platform, for which the
 * build writes it into `_headers`. Pages of any origin embed the player.
 */
export function assetHeaders(publicUrl: string): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const common = { ...securityHeaders(publicUrl), ...CHECKED }
  return {
    '/player.js': {
      ...common,
      'Access-Control-Allow-Origin': '*',
      'Cross-Origin-Resource-Policy': 'cross-origin',
    },
    '/assets/*': common,
  }
}
