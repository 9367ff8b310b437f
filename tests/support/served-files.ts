/** What a host says with a built file, and with the same file when the one that is known is still good. */
export async function readFile(url: string) {
  const read = async (headers: Record<string, string> = {}) => {
    const response = await fetch(url, { headers: { Origin: 'https://course.example', ...headers } })
    return { status: response.status, headers: response.headers, text: await response.text() }
  }
  const { status, headers, text } = await read()
  const again = await read({ 'If-None-Match': headers.get('ETag') ?? '' })
  return {
    status,
    text,
    again: again.status,
    type: headers.get('Content-Type'),
    cacheControl: headers.get('Cache-Control'),
    sniffing: headers.get('X-Content-Type-Options'),
    readableBy: [headers.get('Access-Control-Allow-Origin'), again.headers.get('Access-Control-Allow-Origin')],
    embeddedBy: headers.get('Cross-Origin-Resource-Policy'),
    policy: headers.get('Content-Security-Policy'),
    referrer: headers.get('Referrer-Policy'),
    permissions: headers.get('Permissions-Policy'),
  }
}

/** What everything is served with that is no page. */
export const SECURED = {
  sniffing: 'nosniff',
  policy: "default-src 'none'; frame-ancestors 'none'",
  referrer: 'no-referrer',
  permissions: 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
}

/** How the player is served on every host: to pages of any origin, and asked after at each use. */
export const PLAYER_FILE = {
  ...SECURED,
  status: 200,
  again: 304,
  type: 'text/javascript; charset=utf-8',
  cacheControl: 'public, no-cache',
  readableBy: ['*', '*'],
  embeddedBy: 'cross-origin',
}
