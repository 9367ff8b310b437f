import * as v from 'valibot'

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** A moment in RFC 3339, UTC. */
export const Time = v.pipe(
  v.string(),
  v.regex(
    /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,3})?Z$/,
    'Expected a time in UTC, such as 2026-09-01T08:00:00Z.',
  ),
  v.check(isOnCalendar, 'Expected a day that the calendar has.'),
)

export function isBefore(time: string, other: string): boolean {
  return toComparable(time) < toComparable(other)
}

/** A text that compares as the moment does: with thousandths of a second, written or not. */
function toComparable(time: string): string {
  const [seconds, thousandths = ''] = time.slice(0, -1).split('.')
  return `${seconds}.${thousandths.padEnd(3, '0')}`
}

function isOnCalendar(time: string): boolean {
  const [year, month, day] = time.slice(0, 10).split('-').map(Number) as [number, number, number]
  if (month === 2 && day === 29) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return day <= DAYS[month - 1]!
}
