/** Where a part of a document was written. */
export interface Place {
  readonly path: string
  readonly line: number
}

/** Lines by JSON pointer (RFC 6901), all in one file. */
export type Lines = ReadonlyMap<string, number>

/** Places by JSON pointer. The root, '', is always there. */
export type Places = ReadonlyMap<string, Place>

/** The same lines as places in a file, under a pointer of the whole document. */
export function placed(lines: Lines, path: string, under: string): [pointer: string, place: Place][] {
  return [...lines].map(([pointer, line]) => [under + pointer, { path, line }])
}

/** The place of a pointer, or of the nearest thing around it that has one; `rest` names what is inside that. */
export function locate(places: Places, pointer: string): Place & { readonly rest: string } {
  let around = pointer
  while (!places.has(around) && around !== '') around = around.slice(0, Math.max(0, around.lastIndexOf('/')))
  const place = places.get(around) ?? { path: '', line: 1 }
  return { ...place, rest: pointer.slice(around.length) }
}
