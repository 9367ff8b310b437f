import { describe, expect, it } from 'vitest'
import { questionType } from '../../../src/grading/types/registry.ts'
import { earned, keyProblems, rightAnswer } from '../earned.ts'
import { NO_DECIMALS } from './numeric-examples.ts'

const problems = (key: unknown, content: object = {}) => keyProblems('numeric', { content, key })
const withAnswer = (answer: unknown) => problems({ answers: [answer] })

const withUnit = (unit: unknown) => problems({ answers: [{ value: 1 }], units: { m: unit } }, { units: ['m'] })

describe('a numeric key is refused', () => {
  it('for a value, a bound or a tolerance that is no decimal', () => {
    for (const value of [
      ...NO_DECIMALS,
      '1,5',
      null,
      true,
      [1],
      9_007_199_254_740_992,
      -9_007_199_254_740_992,
      Infinity,
    ]) {
      expect(withAnswer({ value }), JSON.stringify(value)).toEqual(['invalid-shape'])
      expect(withAnswer({ range: { min: value } }), JSON.stringify(value)).toEqual(['invalid-shape'])
      expect(withAnswer({ range: { max: value } }), JSON.stringify(value)).toEqual(['invalid-shape'])
      for (const kind of ['absolute', 'relative', 'geometric']) {
        expect(withAnswer({ value: 1, tolerance: { [kind]: value } }), JSON.stringify(value)).toEqual(['invalid-shape'])
      }
    }
    for (const value of [1, '1', '-1e308', 9_007_199_254_740_991, -9_007_199_254_740_991])
      expect(withAnswer({ value })).toEqual([])
  })

  it('for a tolerance below 0, or of two kinds, or of none', () => {
    for (const kind of ['absolute', 'relative', 'geometric']) {
      for (const amount of [0, '0', 5, '1e-308', '-0']) {
        expect(withAnswer({ value: 1, tolerance: { [kind]: amount } })).toEqual([])
      }
      for (const amount of [-1, '-1e-308']) {
        expect(withAnswer({ value: 1, tolerance: { [kind]: amount } })).toEqual(['invalid-shape'])
      }
    }
    expect(withAnswer({ value: 1, tolerance: { absolute: 1, relative: 1 } })).not.toEqual([])
    for (const tolerance of [{}, { nominal: 1 }, 0.1, null]) {
      expect(withAnswer({ value: 1, tolerance })).toEqual(['invalid-shape'])
    }
  })

  it('for less than 1 figure or 0 places, more than 15, or a part of one', () => {
    for (const [kind, admitted, refused] of [
      ['significantFigures', [1, 15], [0, -1, 16, 1.5, '2', null]],
      ['decimalPlaces', [0, 15], [-1, 16, 0.5, '2', null]],
    ] as const) {
      for (const digits of admitted) expect(withAnswer({ value: 1, tolerance: { [kind]: digits } })).toEqual([])
      for (const digits of refused) {
        expect(withAnswer({ value: 1, tolerance: { [kind]: digits } }), String(digits)).toEqual(['invalid-shape'])
      }
    }
  })

  it('for the significant figures of zero', () => {
    for (const value of [0, '-0.00', '0e5']) {
      expect(withAnswer({ value, tolerance: { significantFigures: 2 } })).toEqual(['inconsistent'])
      expect(withAnswer({ value, tolerance: { decimalPlaces: 2 } })).toEqual([])
    }
  })

  it('for a range that has no bounds, or holds nothing', () => {
    expect(withAnswer({ range: {} })).toEqual(['invalid-shape'])
    expect(withAnswer({ range: { includeMin: false } })).toEqual(['invalid-shape'])
    for (const [range, empty] of [
      [{ min: 2, max: 1 }, true],
      [{ min: '1.0000000000000000000001', max: 1 }, true],
      [{ min: 1, max: '1.0' }, false],
      [{ min: 1, max: 1, includeMin: false }, true],
      [{ min: 1, max: 1, includeMax: false }, true],
      [{ min: 1, max: '1.0000000000000000000001', includeMin: false, includeMax: false }, false],
      [{ min: 1, includeMin: false, includeMax: false }, false],
    ] as const) {
      expect(withAnswer({ range }), JSON.stringify(range)).toEqual(empty ? ['inconsistent'] : [])
    }
  })

  it('without an answer that earns everything, with none or with more than 20', () => {
    expect(problems({ answers: [{ value: 1, fraction: '999/1000' }] })).toEqual(['inconsistent'])
    expect(
      problems({
        answers: [
          { value: 1, fraction: 0.999999 },
          { range: { min: 1 }, fraction: 0 },
        ],
      }),
    ).toEqual(['inconsistent'])
    for (const whole of [1, '1', '3/3', '1.0'])
      expect(problems({ answers: [{ value: 1, fraction: whole }] })).toEqual([])
    expect(problems({ answers: [] })).toEqual(['invalid-shape'])
    expect(problems({})).toEqual(['invalid-shape'])
    for (const [count, expected] of [
      [20, []],
      [21, ['invalid-shape']],
    ] as const) {
      expect(problems({ answers: Array.from({ length: count }, (_, value) => ({ value })) })).toEqual(expected)
    }
  })

  it('for a share outside 0 to 1, or with more than six decimals', () => {
    for (const fraction of [-0.1, 1.1, '-1/3', '4/3', '1/0', 0.1234567, '0.1234567', '1e-1', '', '50%', null]) {
      const key = { answers: [{ value: 1 }, { value: 2, fraction }] }
      expect(problems(key), JSON.stringify(fraction)).toEqual(['invalid-shape'])
    }
  })

  it('for an answer that is both a value and a range, or has what no answer has', () => {
    expect(withAnswer({ value: 1, range: { min: 1 } })).toEqual(['unknown-field'])
    expect(withAnswer({ range: { min: 1 }, tolerance: { absolute: 1 } })).toEqual(['unknown-field'])
    expect(withAnswer({ value: 1, unit: 'm' })).toEqual(['unknown-field'])
    expect(withAnswer({ fraction: 1 })).toEqual(['invalid-shape'])
  })

  it('for units that are not exactly those of the question', () => {
    const answers = [{ value: 1 }]
    const units = ['m', 'km']
    expect(problems({ answers, units: { m: 1, km: 1000 } }, { units })).toEqual([])
    expect(problems({ answers, units: { km: { factor: 1000 }, m: { factor: '1', fraction: 0 } } }, { units })).toEqual(
      [],
    )
    expect(problems({ answers, units: { m: 1 } }, { units })).toEqual(['inconsistent'])
    expect(problems({ answers, units: {} }, { units })).toEqual(['inconsistent'])
    expect(problems({ answers }, { units })).toEqual(['inconsistent'])
    expect(problems({ answers, units: { m: 1, km: 1000, cm: 0.01 } }, { units })).toEqual(['unknown-id'])
    expect(problems({ answers, units: { m: 1 } })).toEqual(['unknown-id'])
    expect(problems({ answers, units: { m: 1, constructor: 1 } }, { units: ['m', 'toString'] })).toEqual(['unknown-id'])
    expect(problems({ answers, units: { m: 1 } }, { units: ['m', 'toString'] })).toEqual(['inconsistent'])
  })

  it('for a factor that is not above 0, or units of which none earns everything', () => {
    for (const unit of [1, '1e-308', { factor: 2 }, { factor: 2, fraction: '1/1' }]) expect(withUnit(unit)).toEqual([])
    for (const factor of [0, '-1', '0e1', 'x', '', null]) {
      expect(withUnit(factor), JSON.stringify(factor)).not.toEqual([])
      expect(withUnit({ factor }), JSON.stringify(factor)).not.toEqual([])
    }
    expect(withUnit({ factor: 1, fraction: 0.5 })).toEqual(['inconsistent'])
    expect(withUnit({ factor: 1, fraction: 2 })).not.toEqual([])
    expect(withUnit({ fraction: 1 })).not.toEqual([])
  })

  it('for another method', () => {
    const key = { answers: [{ value: 1 }] }
    expect(keyProblems('numeric', { key, scoring: { method: 'exact' } })).toEqual([])
    expect(keyProblems('numeric', { key, scoring: { method: 'per-part' } })).toEqual(['inconsistent'])
  })
})

describe('the right answer of a numeric key', () => {
  const units = { units: ['m', 'km'] }
  const EXAMPLES: [key: object, content: object, answer: object | null][] = [
    [{ answers: [{ value: '0.10' }] }, {}, { number: '0.1' }],
    [{ answers: [{ value: '-2.5e3', tolerance: { relative: 1 } }] }, {}, { number: '-2500' }],
    [{ answers: [{ value: 1e-7 }] }, {}, { number: '0.0000001' }],
    [{ answers: [{ value: 3, fraction: 0.5 }, { value: 7 }] }, {}, { number: '7' }],
    [{ answers: [{ range: { min: 1, max: 2 } }] }, {}, { number: '1.5' }],
    [{ answers: [{ range: { min: -2, max: '-1.5', includeMin: false } }] }, {}, { number: '-1.75' }],
    [{ answers: [{ range: { min: 4 } }] }, {}, { number: '4' }],
    [{ answers: [{ range: { min: 4, includeMin: false } }] }, {}, { number: '5' }],
    [{ answers: [{ range: { max: 4 } }] }, {}, { number: '4' }],
    [{ answers: [{ range: { max: 4, includeMax: false } }] }, {}, { number: '3' }],
    [{ answers: [{ value: 1500 }], units: { m: 1, km: 1000 } }, units, { number: '1500', unit: 'm' }],
    [
      { answers: [{ value: 1500 }], units: { m: { factor: 1, fraction: 0.5 }, km: 1000 } },
      units,
      { number: '1.5', unit: 'km' },
    ],
    // A third of a metre has no end as a decimal; the next unit has one.
    [{ answers: [{ value: 1 }], units: { m: 3, km: 8 } }, units, { number: '0.125', unit: 'km' }],
    [{ answers: [{ value: 1 }], units: { m: 3, km: 7 } }, units, null],
  ]
  for (const [key, content, answer] of EXAMPLES) {
    it(`${JSON.stringify(key)} is ${JSON.stringify(answer)}, and earns everything`, () => {
      expect(rightAnswer('numeric', { content, key })).toEqual(answer)
      expect(answer === null ? '1' : earned('numeric', { content, key, response: answer })).toBe('1')
    })
  }
})

describe('the right answer of a numeric key with many digits', () => {
  const LONG = [
    '1e100',
    '-1e100',
    '1e308',
    '1e-308',
    '-2.5e-100',
    `${'1'.repeat(60)}e9`,
    `${'1'.repeat(61)}e9`,
    `-${'1'.repeat(61)}e9`,
    `0.${'0'.repeat(40)}${'3'.repeat(22)}`,
  ]
  for (const value of [...LONG, '9'.repeat(64), `-${'9'.repeat(63)}`, '0e300', `1${'0'.repeat(63)}`]) {
    it(`${value} can be written, and earns everything`, () => {
      const answer = rightAnswer('numeric', { key: { answers: [{ value }] } })
      expect(earned('numeric', { key: { answers: [{ value }] }, response: answer })).toBe('1')
    })
  }

  it('is not known where no decimal says it', () => {
    for (const [value, factor] of [
      ['1e-308', '1e308'],
      ['1e308', '0.1'],
      ['1e-308', '3'],
    ]) {
      const key = { answers: [{ value }], units: { m: factor } }
      expect(rightAnswer('numeric', { content: { units: ['m'] }, key }), `${value} by ${factor}`).toBe(null)
    }
  })
})

const canonical = (number: unknown, content: object = {}) =>
  JSON.stringify(questionType('numeric').canonical({ number }, content))

describe('two responses with the same number are one response', () => {
  it('however it is written, and another number is another', () => {
    for (const number of ['1000', '+1000.0', ' 1000 ', '.1e4', 1000]) expect(canonical(number)).toBe(canonical('1e3'))
    for (const number of ['-1000', '1000.0000000000000000001', '1e2'])
      expect(canonical(number)).not.toBe(canonical('1e3'))
    expect(canonical('1,50', { decimalComma: true })).toBe(canonical('1.5', { decimalComma: true }))
  })

  it('in the same unit alone', () => {
    const [metre, angstrom, decomposed] = ['m', 'Å', 'A\u030A'].map((unit) =>
      JSON.stringify(questionType('numeric').canonical({ number: '1', unit }, { units: ['m', 'Å'] })),
    )
    expect(metre).not.toBe(angstrom)
    expect(decomposed).toBe(angstrom)
  })
})
