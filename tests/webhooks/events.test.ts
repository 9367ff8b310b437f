import { describe, expect, it } from 'vitest'
import { writeBody } from '../../src/webhooks/events.ts'

const size = (text: string) => new TextEncoder().encode(text).length
const entriesOf = (text: string) =>
  Object.fromEntries(Array.from({ length: 16 }, (_, index) => [`${'k'.repeat(62)}${index + 10}`, text]))

describe('a body', () => {
  it('is type, timestamp and data', () => {
    expect(writeBody('ping', '2026-01-05T09:00:00.000Z', { webhook: 'whk_1' })).toBe(
      '{"type":"ping","timestamp":"2026-01-05T09:00:00.000Z","data":{"webhook":"whk_1"}}',
    )
  })

  it('has all metadata that is written in characters, four bytes each', () => {
    const metadata = entriesOf('🙂'.repeat(200))
    const body = writeBody('attempt.finished', 't', { metadata, receipt: 'x'.repeat(4500) })
    expect(JSON.parse(body).data.metadata).toEqual(metadata)
  })

  it('is below 20 kB whatever the metadata is, of which entries are left out before it grows larger', () => {
    const metadata = entriesOf('\u0001'.repeat(200))
    const body = writeBody('attempt.finished', 't', { metadata, receipt: 'x'.repeat(4500) })
    expect(size(body)).toBeLessThan(20_000)
    const kept = Object.entries(JSON.parse(body).data.metadata)
    expect(kept).toEqual(Object.entries(metadata).slice(0, kept.length))
    expect(kept.length).toBe(12)
  })
})
