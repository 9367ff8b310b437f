/** The strictest policy that a page with the player can have, which the project's own pages have. */
export function policyOfPages(player = "'self'"): string {
  return [
    "default-src 'none'",
    `script-src ${player}`,
    "style-src 'self'",
    `connect-src ${player}`,
    "img-src 'self' https: data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types answerkey lit-html',
  ].join('; ')
}
