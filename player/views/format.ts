import type { Strings } from '../strings/en.ts'

/** Writes numbers and times as a language does. */
export interface Format {
  /** Points, with at most three decimals. */
  points(value: number): string
  /** A share, 0 to 1. */
  percent(share: number): string
  /** A time of RFC 3339, with its day. */
  moment(time: string): string
  /** A duration in words, to the larger two of its units. */
  duration(ms: number): string
  /** A duration as a clock shows it: 1:02:03, or 2:03. */
  clock(ms: number): string
}

const formats = new Map<string, Format>()

/** Made once a language: a browser takes long over it, and views ask at every rendering. */
export function formatFor(language: string, strings: Strings): Format {
  const known = formats.get(language) ?? makeFormat(language, strings)
  formats.set(language, known)
  return known
}

function makeFormat(language: string, { time }: Strings): Format {
  const points = new Intl.NumberFormat(language, { maximumFractionDigits: 3 })
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 })
  const moment = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })
  return {
    // English writes a hyphen.
    points: (value) => points.format(value).replace('-', '−'),
    percent: (share) => percent.format(share),
    moment: (text) => moment.format(new Date(text)),
    duration(ms) {
      const { days, hours, minutes, seconds } = unitsOf(ms)
      const words = [
        [days, time.days],
        [hours, time.hours],
        [minutes, time.minutes],
        [seconds, time.seconds],
      ] as const
      const said = words.filter(([count]) => count > 0).slice(0, 2)
      return said.length === 0 ? time.seconds(0) : said.map(([count, word]) => word(count)).join(', ')
    },
    clock(ms) {
      const { days, hours, minutes, seconds } = unitsOf(ms)
      const all = days * 24 + hours
      return all > 0 ? `${all}:${twoDigits(minutes)}:${twoDigits(seconds)}` : `${minutes}:${twoDigits(seconds)}`
    },
  }
}

/** Begun seconds count, so that a clock shows 0:00 when the time is up and not before. */
function unitsOf(ms: number): { days: number; hours: number; minutes: number; seconds: number } {
  const all = Math.max(0, Math.ceil(ms / 1000))
  return {
    days: Math.floor(all / 86_400),
    hours: Math.floor(all / 3600) % 24,
    minutes: Math.floor(all / 60) % 60,
    seconds: all % 60,
  }
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}
