import { globSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

/** What docs/player.md promises to host pages is what there is. */

const page = readFileSync('docs/player.md', 'utf8')
const source = globSync('player/**/*.ts')
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n')

const found = (text: string, pattern: RegExp) =>
  [...new Set([...text.matchAll(pattern)].map(([, name]) => name!))].toSorted()

/** Put together from a name: `part=${name}` of a block in a result. */
const MADE = ['comment', 'explanation', 'hint']

it('names every custom property, and no other', () => {
  const properties = found(source, /var\(--(answerkey-[a-z-]+)/g)
  expect(properties.length).toBeGreaterThan(10)
  expect(found(page, /`--(answerkey-[a-z-]+)`/g)).toEqual(properties)
})

it('names every part, and no other', () => {
  const [, list = ''] = page.match(/`::part\(\)` does:([^]*?)\.\n/) ?? []
  const attributes = found(source, /part="([^"]*)"|part=[a-z]/g).filter(Boolean)
  const literal = attributes
    .flatMap((value) => value.replaceAll(/\$\{[^}]*\}|\bmark-\S*/g, '').split(' '))
    .filter(Boolean)
  const bare = found(source, /part=([a-z][a-z-]*)/g)
  const named = found(list, /`([a-z-]+)`/g)
  expect(named).toEqual([...new Set([...literal, ...bare, ...MADE, 'option-chosen'])].toSorted())
})

it('names every event, and no other', () => {
  const events = found(readFileSync('player/session/edges.ts', 'utf8'), /type: '([a-z]+)'/g)
  const dispatched = events.filter((type) => type !== 'changed').map((type) => `answerkey-${type}`)
  expect(found(page, /^\| `(answerkey-[a-z]+)` \|/gm)).toEqual(dispatched)
})
