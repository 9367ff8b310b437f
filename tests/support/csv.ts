/**
 * The cells of a table in CSV, line by line. It takes nothing but what RFC 4180 says of cells that are all quoted: a quote
 * in a cell is doubled, cells are parted by commas, and every line ends in CRLF.
 */
export function parseCsv(text: string): string[][] {
  const lines: string[][] = []
  let line: string[] = []
  let at = 0
  const expectNext = (expected: string) => {
    if (!text.startsWith(expected, at)) {
      throw new Error(`Expected ${JSON.stringify(expected)} at ${at}, not ${JSON.stringify(text.slice(at, at + 20))}`)
    }
    at += expected.length
  }
  while (at < text.length) {
    expectNext('"')
    let cell = ''
    for (; text.slice(at, at + 2) === '""' || (at < text.length && text[at] !== '"'); at++) {
      if (text[at] === '"') at += 1
      cell += text[at]
    }
    expectNext('"')
    line.push(cell)
    if (text[at] === ',') {
      at += 1
      continue
    }
    expectNext('\r\n')
    lines.push(line)
    line = []
  }
  return lines
}

/** A table as one record a line, by the names in its first. */
export function parseTable(text: string): Record<string, string>[] {
  const [head = [], ...lines] = parseCsv(text)
  return lines.map((line) => {
    if (line.length !== head.length) throw new Error(`${line.length} cells stand under ${head.length} heads.`)
    return Object.fromEntries(head.map((name, index) => [name, line[index]!]))
  })
}
