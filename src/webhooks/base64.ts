/** Standard base64 (RFC 4648, section 4), which secrets are written in. */
export function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}
