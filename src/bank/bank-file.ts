/** A file of a quiz folder. Its path is the one that findings name; folders are parted by slashes. */
export interface BankFile {
  readonly path: string
  readonly text: string
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** The path of another file in the same folder. */
export function besides(path: string, name: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1) + name
}

/** The text with one kind of line ending and no byte order mark, so that what is derived from it is the same everywhere. */
export function normaliseText(text: string): string {
  return text.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n')
}
