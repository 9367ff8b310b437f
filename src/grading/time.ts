import * as v from 'valibot'

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** A moment in RFC 3339, UTC. Two of them, without their Z, compare as texts do. */
export const Time = v.pipe(
  v.string(),
  v.regex(
    /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,3})?Z$/,
    'Expected a time in UTC, such as 2026-09-01T08:00:00Z.',
  ),
  v.check(isOnCalendar, 'Expected a day that the calendar has.'),
)

export function isBefore(time: string, other: string): boolean {
  return time.slice(0, -1) < other.slice(0, -1)
}

function isOnCalendar(time: string): boolean {
  const [year, month, day] = time.slice(0, 10).split('-').map(Number) as [number, number, number]
  if (month === 2 && day === 29) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return day <= DAYS[month - 1]!
}
