/**
 * What everything is served with that does not say otherwise. It is read as what it is called, runs and frames nothing, tells
 * no other site where a link was followed, and is loaded by no page of another site but through CORS, which allows what is
 * meant for them. Once reached by https, it is asked for by nothing else for a year.
 */
export function securityHeaders(publicUrl: string): Readonly<Record<string, string>> {
  return {
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    ...(publicUrl.startsWith('https:') && { 'Strict-Transport-Security': 'max-age=31536000' }),
  }
}
