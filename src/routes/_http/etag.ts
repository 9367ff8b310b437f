import { AnswerkeyError } from '../../errors.ts'

/** The entity tag of a revision (RFC 9110, section 8.8.3). */
export function toETag(revision: string): string {
  return `"${revision}"`
}

/** Whether If-None-Match names the entity, compared weakly (RFC 9110, section 13.1.2). */
export function isNotModified(request: Request, etag: string): boolean {
  const header = request.headers.get('If-None-Match')
  return header !== null && (header.trim() === '*' || tagsOf(header).some((tag) => tag.replace(/^W\//, '') === etag))
}

/** What If-Match and If-None-Match allow to be written over; If-Match compares strongly (RFC 9110, section 13.1.1). */
export function writePrecondition(request: Request): (current: string | null) => boolean {
  const ifMatch = request.headers.get('If-Match')
  const ifNoneMatch = request.headers.get('If-None-Match')
  if (ifNoneMatch !== null && ifNoneMatch.trim() !== '*') {
    throw new AnswerkeyError('invalid-input', 'Publishing takes If-None-Match: * alone.', {
      errors: [{ pointer: '', code: 'if-none-match', detail: 'Expected *.' }],
    })
  }
  return (current) => {
    if (ifNoneMatch !== null && current !== null) return false
    if (ifMatch === null) return true
    return current !== null && (ifMatch.trim() === '*' || tagsOf(ifMatch).includes(toETag(current)))
  }
}

function tagsOf(header: string): string[] {
  return header.match(/(?:W\/)?"[^"]*"/g) ?? []
}
