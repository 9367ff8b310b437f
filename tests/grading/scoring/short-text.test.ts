import { describe, expect, it } from 'vitest'
import { earned } from '../earned.ts'
import { ALWAYS_EQUAL, OPTIONS, PATTERNS, WILDCARDS } from './short-text-examples.ts'
import { edits, fits, words } from './text-oracles.ts'

const earnedBy = (answer: object, text: string, options: object = {}) =>
  earned('short-text', { key: { answers: [answer], ...options }, response: { text } })

const EVERY_OPTION = { foldDiacritics: true, ignorePunctuation: true, collapseWhitespace: true, unicode: 'NFKC' }

describe('short-text: what is equal whatever the author chooses', () => {
  for (const [text, same] of ALWAYS_EQUAL) {
    it(`${JSON.stringify(text)} is ${JSON.stringify(same)}`, () => {
      for (const response of same) {
        for (const options of [{}, EVERY_OPTION, { caseSensitive: true }, { ...EVERY_OPTION, caseSensitive: true }]) {
          expect(earnedBy({ text }, response, options), JSON.stringify([response, options])).toBe('1')
        }
      }
    })
  }

  it('joiners are part of what is seen: they stay', () => {
    expect(earnedBy({ text: '👩\u200D💻' }, '👩\u200D💻')).toBe('1')
    expect(earnedBy({ text: '👩\u200D💻' }, '👩💻')).toBe('0')
    expect(earnedBy({ text: 'می\u200Cخواهم' }, 'میخواهم')).toBe('0')
  })

  it('nothing else: a blank, a part, a whole that is longer', () => {
    for (const response of ['', ' ', 'kubect', 'kubectll', 'kube ctl', 'kubectl.']) {
      expect(earnedBy({ text: 'kubectl' }, response), response).toBe('0')
    }
    expect(earnedBy({ text: 'a*' }, 'ab')).toBe('0')
    expect(earnedBy({ text: 'a*' }, 'a*')).toBe('1')
    expect(earnedBy({ text: 'a.c' }, 'abc')).toBe('0')
  })
})

for (const { option, source, examples } of OPTIONS) {
  const [[name, on]] = Object.entries(option) as [[string, unknown]]
  const off = name === 'unicode' ? 'NFC' : !(on as boolean)
  describe(`short-text ${name}: ${String(on)} (${source})`, () => {
    for (const [text, only, never] of examples) {
      it(`makes ${JSON.stringify(text)} the same as ${JSON.stringify(only)}, and not ${JSON.stringify(never)}`, () => {
        expect(earnedBy({ text }, text, { [name]: on })).toBe('1')
        expect(earnedBy({ text }, text, { [name]: off })).toBe('1')
        for (const response of only) {
          expect(earnedBy({ text }, response, { [name]: on }), response).toBe('1')
          expect(earnedBy({ text }, response, { [name]: off }), response).toBe('0')
        }
        for (const response of never) {
          expect(earnedBy({ text }, response, { [name]: on }), response).toBe('0')
          expect(earnedBy({ text }, response, { [name]: off }), response).toBe('0')
        }
      })
    }

    it(`is ${name === 'caseSensitive' ? 'the' : 'not the'} default`, () => {
      const [text, [response]] = examples[0]!
      expect(earnedBy({ text }, response!)).toBe(name === 'caseSensitive' ? '1' : '0')
    })
  })
}

describe('short-text options together', () => {
  it('each does its part', () => {
    const text = 'Où est l’Hôtel ﬁn?'
    const response = '  OU   EST\tLHOTEL FIN '
    expect(earnedBy({ text }, response, EVERY_OPTION)).toBe('1')
    for (const name of ['foldDiacritics', 'ignorePunctuation', 'collapseWhitespace']) {
      expect(earnedBy({ text }, response, { ...EVERY_OPTION, [name]: false }), name).toBe('0')
    }
    expect(earnedBy({ text }, response, { ...EVERY_OPTION, caseSensitive: true })).toBe('0')
    expect(earnedBy({ text }, response.toLowerCase(), { ...EVERY_OPTION, caseSensitive: true })).toBe('0')
    expect(earnedBy({ text }, ' Ou   est\tlHotel fin ', { ...EVERY_OPTION, caseSensitive: true })).toBe('1')
  })

  it('go for wildcards and patterns too', () => {
    expect(earnedBy({ wildcard: 'Zü*,  rich' }, 'zu-x rich', EVERY_OPTION)).toBe('1')
    expect(earnedBy({ wildcard: 'Zü*' }, 'zurich')).toBe('0')
    expect(earnedBy({ wildcard: 'Zü*' }, 'zürich', { caseSensitive: true })).toBe('0')
    expect(earnedBy({ wildcard: 'git *commit' }, 'git \t  commit', { collapseWhitespace: true })).toBe('1')
    expect(earnedBy({ wildcard: 'git *commit' }, 'git\tcommit')).toBe('0')
    expect(earnedBy({ pattern: 'zurich+ \\d' }, 'Zürichh,  2', EVERY_OPTION)).toBe('1')
    expect(earnedBy({ pattern: 'zurich+ \\d' }, 'Zürichh,  2')).toBe('0')
    expect(earnedBy({ pattern: '[a-z]+' }, 'Abc', { caseSensitive: true })).toBe('0')
    expect(earnedBy({ pattern: '[A-Z][a-z]+' }, 'Abc', { caseSensitive: true })).toBe('1')
    // Case is left to the pattern, whose classes would mean something else on folded text.
    expect(earnedBy({ pattern: '(?-i:[A-Z]{2})x' }, 'ABX')).toBe('1')
    expect(earnedBy({ pattern: '(?-i:[A-Z]{2})x' }, 'abX')).toBe('0')
  })
})

const disagreeing = (wildcards: string[], texts: string[]) =>
  wildcards.flatMap((wildcard) =>
    texts
      .filter((text) => earnedBy({ wildcard }, text) !== (fits(wildcard, text) ? '1' : '0'))
      .map((t) => [wildcard, t]),
  )

const earnedAtMost = (answer: object, text: string, maxLength: number, options: object = {}) =>
  earned('short-text', { content: { maxLength }, key: { answers: [answer], ...options }, response: { text } })

describe('short-text of the greatest length', () => {
  it('is compared whole, also where its characters are long or become several', () => {
    expect(earnedAtMost({ text: '😀😃😄' }, '😀😃😄', 3)).toBe('1')
    expect(earnedAtMost({ text: 'a'.repeat(1000) }, 'A'.repeat(1000), 1000)).toBe('1')
    expect(earnedAtMost({ text: 'a'.repeat(1000) }, `${'A'.repeat(999)}b`, 1000)).toBe('0')
    expect(earnedAtMost({ wildcard: '...*' }, '…'.repeat(600), 1000, { unicode: 'NFKC' })).toBe('1')
    expect(earnedAtMost({ wildcard: 'ss*' }, 'ß'.repeat(1000), 1000)).toBe('1')
  })
})

describe('short-text wildcard (Moodle shortanswer)', () => {
  for (const [wildcard, accepted, refused] of WILDCARDS) {
    it(`${wildcard} takes ${JSON.stringify(accepted)}, and not ${JSON.stringify(refused)}`, () => {
      for (const text of accepted) expect(earnedBy({ wildcard }, text), text).toBe('1')
      for (const text of refused) expect(earnedBy({ wildcard }, text), text).toBe('0')
    })
  }

  it('of at most 5 letters and stars, on every text of at most 4, is what trying every length says', () => {
    expect(disagreeing(words('ab*', 5).slice(1), words('ab', 4))).toEqual([])
  })

  it('of at most 4 letters, stars and escapes is what trying every length says', () => {
    const wildcards = words('a*\\', 4).filter((each) => /^(?:[a*]|\\[*\\])+$/u.test(each))
    expect(disagreeing(wildcards, words('a*\\', 3))).toEqual([])
  })

  it('forgives no edits', () => {
    expect(earnedBy({ wildcard: 'kubectl*' }, 'kubctl', { maxEdits: 3 })).toBe('0')
  })
})

describe('short-text pattern (RE2), the whole text', () => {
  for (const [pattern, accepted, refused] of PATTERNS) {
    it(`${pattern} takes ${JSON.stringify(accepted)}, and not ${JSON.stringify(refused)}`, () => {
      for (const text of accepted) expect(earnedBy({ pattern }, text), text).toBe('1')
      for (const text of refused) expect(earnedBy({ pattern }, text), text).toBe('0')
    })
  }

  it('forgives no edits', () => {
    expect(earnedBy({ pattern: 'kubectl' }, 'kubctl', { maxEdits: 3 })).toBe('0')
  })
})

describe('short-text maxEdits (optimal string alignment)', () => {
  const EXAMPLES: [text: string, response: string, edits: number][] = [
    ['kubernetes', 'kubernetes', 0],
    ['kubernetes', 'Kubernetes ', 0],
    ['kubernetes', 'kuberntes', 1],
    ['kubernetes', 'kubernettes', 1],
    ['kubernetes', 'kubernatas', 2],
    ['kubernetes', 'kubenretes', 1],
    ['kubernetes', 'ukbernetse', 2],
    ['kubernetes', 'ubernete', 2],
    ['kubernetes', 'kubrntes', 2],
    ['kubernetes', 'kbrnetess', 3],
    ['kubernetes', 'cubernetis', 2],
    ['kubernetes', 'kube', 6],
    // Two by a swap whose letters are then parted, which would be an edit on an edit.
    ['abcdef', 'bxacdef', 3],
    ['abc', 'ca', 3],
    ['abcd', 'badc', 2],
    ['abcd', 'dcba', 3],
    ['abcd', 'cdab', 4],
    ['😀😃abc', '😃😀abc', 1],
    ['😀abcd', 'abcd', 1],
    ['éclair', 'e\u0301clai', 1],
    ['Straße', 'Strase', 1],
    // Upper case takes the middle one apart into three.
    ['α\u0390α', 'αα', 1],
  ]
  for (const [text, response, least] of EXAMPLES) {
    it(`${text} is ${least} from ${response}, both ways`, () => {
      for (const limit of [0, 1, 2, 3]) {
        for (const [key, given] of [
          [text, response],
          [response, text],
        ] as const) {
          if ([...key.normalize()].length <= limit) continue
          expect(earnedBy({ text: key }, given, { maxEdits: limit }), `${limit}`).toBe(least <= limit ? '1' : '0')
        }
      }
    })
  }

  for (const [letters, length, limits] of [
    ['ab', 5, [1, 2, 3]],
    ['abc', 3, [1, 2]],
    ['abc', 4, [2]],
  ] as const) {
    it(`${limits.join(', ')}: every two words of at most ${length} of the letters ${letters}`, () => {
      const all = words(letters, length)
      const different: string[] = []
      for (const limit of limits) {
        for (const text of all.filter((word) => word.length > limit)) {
          for (const response of all) {
            const expected = edits(text, response) <= limit ? '1' : '0'
            const found = earnedBy({ text }, response, { maxEdits: limit })
            if (found !== expected) different.push(`${text} ${response} ${limit}`)
          }
        }
      }
      expect(different).toEqual([])
    })
  }
})
