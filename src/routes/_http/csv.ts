import type { Call, Reply } from './operation.ts'
import { nextPageOf } from './paging.ts'
// The entry without Node's Buffer, which Workers do not have.
import { stringify } from 'csv-stringify/browser/esm/sync'
import { parseAccept } from 'hono/utils/accept'

/** A column of a table: its head, and what a row has in it. Null is an empty cell. */
export type Columns<Row> = Readonly<Record<string, (row: Row) => string | number | boolean | null | undefined>>

/** What a list is called and holds, in either form. */
interface Page<Row> {
  readonly name: string
  readonly rows: readonly Row[]
  readonly nextCursor: string | null
  readonly columns: Columns<Row>
}

/** What a list says in its description of the other form. */
export const CSV_TOO =
  'With `Accept: text/csv` it comes as a table: every cell quoted, an apostrophe before what a spreadsheet would take ' +
  'for a formula, and the next page in a `Link` with `rel="next"`.'

/** A page of a quiz's list: JSON, or a table for who names CSV among what it accepts. */
export function jsonOrCsv<Row>(
  { deps, request, params }: Pick<Call<unknown, unknown>, 'deps' | 'request' | 'params'>,
  { name, rows, nextCursor, columns }: Page<Row>,
): Reply {
  if (!wantsCsv(request)) return { status: 200, body: { [name]: rows, nextCursor }, headers: { Vary: 'Accept' } }
  const next = nextCursor !== null && {
    Link: `<${nextPageOf(request, deps.config.publicUrl, nextCursor)}>; rel="next"`,
  }
  return {
    status: 200,
    body: toCsv(columns, rows),
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${params['quiz']}-${name}.csv"`,
      Vary: 'Accept',
      ...next,
    },
  }
}

/** A program gets JSON, also where it takes anything; CSV has to be named, and JSON not be preferred to it. */
function wantsCsv(request: Request): boolean {
  const accepted = parseAccept(request.headers.get('Accept') ?? '')
  const quality = (type: string) => accepted.find((each) => each.type.toLowerCase() === type)?.q ?? 0
  return quality('text/csv') > 0 && quality('text/csv') >= quality('application/json')
}

/**
 * RFC 4180. Learners are named by others, and a spreadsheet runs a cell that begins like a formula: such a text gets an
 * apostrophe before it. A number is left as it is.
 */
function toCsv<Row>(columns: Columns<Row>, rows: readonly Row[]): string {
  const lines = rows.map((row) => Object.values(columns).map((cell) => cell(row)))
  return stringify([Object.keys(columns), ...lines], {
    quoted: true,
    quoted_empty: true,
    record_delimiter: '\r\n',
    escape_formulas: true,
    cast: { boolean: String },
  })
}
