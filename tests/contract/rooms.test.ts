import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { MAY_READ_ANSWER_KEYS, NEVER_REACHES_ANSWER_KEYS, PLAYER_PACKAGES, ROOMS } from '../../rooms.config.ts'
import { type Import, reachableFrom, readImports } from '../support/imports.ts'

const { files, imports } = readImports('src/**/*.ts')
const ANSWER_KEYS = 'src/db/answer-keys.ts'

/** src/grading/types/x.ts → grading, src/errors.ts → errors */
function roomOf(file: string): string {
  return file.split('/')[1]!.replace(/\.ts$/, '')
}

function isAdmitted({ file, specifier, target, typeOnly }: Import): boolean {
  const name = roomOf(file)
  const room = ROOMS[name]
  if (room === undefined) return false
  if (target === null) {
    return room.packages.some((own) =>
      own.endsWith(':') ? specifier.startsWith(own) : specifier === own || specifier.startsWith(`${own}/`),
    )
  }
  if (target === 'openapi.json') return name === 'routes'
  const other = roomOf(target)
  return other === name || room.rooms.includes(other) || (typeOnly && room.types?.includes(other) === true)
}

describe('the house', () => {
  it('has files, and imports between them, to hold the rules to', () => {
    expect(files.length).toBeGreaterThan(80)
    expect(imports.filter(({ target }) => target !== null).length).toBeGreaterThan(200)
    expect(imports.every(({ target }) => target === null || existsSync(target))).toBe(true)
  })

  it('has a rule for every room, and no rule without a room', () => {
    const rooms = new Set(files.map(roomOf))
    expect([...rooms].toSorted()).toEqual(Object.keys(ROOMS).toSorted())
  })

  it('imports what its rooms admit, and nothing else', () => {
    const broken = imports.filter((found) => !isAdmitted(found))
    expect(broken.map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([])
  })

  it('has hosts that nobody imports', () => {
    const outside = imports.filter(({ file, target }) => target?.startsWith('src/hosts/') && roomOf(file) !== 'hosts')
    expect(outside).toEqual([])
  })

  it('has pure rooms that name no clock, randomness or edge', () => {
    const pure = files.filter((file) => ROOMS[roomOf(file)]?.pure)
    expect(pure.length).toBeGreaterThan(20)
    const impure = pure.filter((file) =>
      /\b(?:Date\.now|new Date|Math\.random|crypto|fetch\(|process\.|setTimeout|performance)\b/.test(
        readFileSync(file, 'utf8'),
      ),
    )
    expect(impure).toEqual([])
  })

  it('has files that are small: none over 400 lines, half of them under 100', () => {
    const { longest, median } = lengthsOf(files)
    expect(longest).toBeLessThan(400)
    expect(median).toBeLessThan(100)
  })
})

describe('the player', () => {
  const player = readImports('player/**/*.ts')
  const written = player.files.filter((file) => file !== 'player/contract.ts')

  it('imports itself and what it is built of, and nothing of the server', () => {
    expect(written.length).toBeGreaterThan(5)
    const broken = player.imports.filter(({ file, specifier, target }) => {
      if (target !== null) return !target.startsWith('player/')
      const packages = PLAYER_PACKAGES[file.split('/')[1]!] ?? PLAYER_PACKAGES['']!
      return !packages.includes(specifier.split('/')[0]!)
    })
    expect(broken.map(({ file, specifier }) => `${file} imports ${specifier}`)).toEqual([])
  })

  it('is imported by nothing of the server', () => {
    expect(imports.filter(({ target }) => target?.startsWith('player/'))).toEqual([])
  })

  it('has files that are small: none over 400 lines, half of them under 100', () => {
    const { longest, median } = lengthsOf(written)
    expect(longest).toBeLessThan(400)
    expect(median).toBeLessThan(100)
  })
})

function lengthsOf(named: readonly string[]) {
  const lengths = named.map((file) => readFileSync(file, 'utf8').split('\n').length).toSorted((a, b) => a - b)
  return { longest: lengths.at(-1)!, median: lengths[Math.floor(lengths.length / 2)]! }
}

describe('the answer keys', () => {
  it('are read by what replays a log or publishes, and by nothing else', () => {
    const readers = imports.filter(({ target }) => target === ANSWER_KEYS).map(({ file }) => file)
    expect(readers.toSorted()).toEqual([...MAY_READ_ANSWER_KEYS].toSorted())
  })

  it('cannot be reached from what serves questions, over any number of imports', () => {
    expect(reachableFrom('src/services/submit-responses.ts', imports)).toContain(ANSWER_KEYS)
    for (const service of NEVER_REACHES_ANSWER_KEYS) {
      expect(files).toContain(service)
      expect(reachableFrom(service, imports), service).not.toContain(ANSWER_KEYS)
    }
  })

  it('stand in a table that no other file names', () => {
    const named = files.filter((file) => /\banswerKeys\b|answer_keys/.test(readFileSync(file, 'utf8')))
    const inMemory = ['src/services/_caches.ts', 'src/services/_graded-revision.ts']
    expect(named).toEqual(['src/db/answer-keys.ts', 'src/db/schema.ts', ...inMemory])
  })
})
