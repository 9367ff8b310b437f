import { describe, expect, it } from 'vitest'
import { earned, responseProblems } from '../earned.ts'
import { isNear, scaled, turningPoints, written } from './number-oracles.ts'
import { longDecimal, NO_DECIMALS, RANGES, TOLERANCES } from './numeric-examples.ts'

interface Given {
  readonly answers?: readonly object[]
  readonly units?: Record<string, unknown>
}
type Response = { readonly number: unknown; readonly unit?: string }

const content = ({ units }: Given) => (units ? { units: Object.keys(units) } : {})
const earnedBy = (key: Given, response: Response) => earned('numeric', { content: content(key), key, response })
const earnedNear = (answer: object, number: string | number) => earnedBy({ answers: [answer] }, { number })
const problems = (response: unknown, question: object = {}) =>
  responseProblems('numeric', { content: question, response })

describe('numeric without a tolerance takes the one number', () => {
  const SAME = ['1000', '+1000.0', '1000.000', '01000', '1e3', '1E3', '1e+3', '.1e4', '100000e-2', ' 1000 ', '\t1000\n']
  it('however it is written', () => {
    for (const number of [...SAME, 1000, 1e3]) {
      expect(earnedNear({ value: '1e3' }, number), String(number)).toBe('1')
      expect(earnedNear({ value: number }, 1000), String(number)).toBe('1')
    }
    for (const number of ['0', '-0', '+0.00', '0e300', '.0', 0, -0]) expect(earnedNear({ value: 0 }, number)).toBe('1')
    expect(earnedNear({ value: '0.1' }, 0.1)).toBe('1')
    expect(earnedNear({ value: 1e-7 }, '0.0000001')).toBe('1')
    expect(earnedNear({ value: 9_007_199_254_740_991 }, '9007199254740991')).toBe('1')
  })

  it('and none beside it, where floats are equal too', () => {
    const others = ['1000.0000000000000000000000000000000001', '999', '-1000', '1e2', '0', 1000.000_000_000_1]
    for (const number of others) expect(earnedNear({ value: 1000 }, number), String(number)).toBe('0')
    expect(earnedNear({ value: '0.3' }, 0.1 + 0.2)).toBe('0')
    expect(earnedNear({ value: '9007199254740993' }, '9007199254740992')).toBe('0')
    expect(earnedNear({ value: longDecimal(1) }, longDecimal(2))).toBe('0')
    expect(earnedNear({ value: longDecimal(2) }, longDecimal(2))).toBe('1')
    expect(earnedNear({ value: '0' }, '1e-308')).toBe('0')
  })
})

for (const [kind, { source, examples }] of Object.entries(TOLERANCES)) {
  describe(`numeric within a tolerance, ${kind} (${source})`, () => {
    for (const [value, tolerance, near, far] of examples) {
      it(`${tolerance} of ${value} takes ${near}, and not ${far}`, () => {
        const answer = { value, tolerance: { [kind]: tolerance } }
        for (const number of near.split(' ')) expect(earnedNear(answer, number), number).toBe('1')
        for (const number of far.split(' ')) expect(earnedNear(answer, number), number).toBe('0')
      })
    }
  })
}

describe('numeric against integers', () => {
  const VALUES = '-1234.5 -10 -9.95 -1 -0.05 0 0.001 0.0999 0.1 0.3 1 1.05 7 9.995 99.95 100 268435456'.split(' ')
  const AMOUNTS = ['0', '0.001', '0.1', '0.3', '1', '2.5']
  const PARAMETERS: Record<string, string[]> = {
    absolute: AMOUNTS,
    relative: AMOUNTS,
    geometric: AMOUNTS,
    significantFigures: ['1', '2', '3', '6', '15'],
    decimalPlaces: ['0', '1', '2', '3', '15'],
  }
  for (const [kind, parameters] of Object.entries(PARAMETERS)) {
    it(`${kind}: 17 values, at both bounds, a hair inside, a hair outside and elsewhere`, () => {
      const different: string[] = []
      const digits = kind === 'significantFigures' || kind === 'decimalPlaces'
      for (const value of VALUES) {
        if (kind === 'significantFigures' && value === '0') continue
        for (const parameter of parameters) {
          const answer = { value, tolerance: { [kind]: digits ? Number(parameter) : parameter } }
          const elsewhere = ['0', value, ...VALUES.slice(0, 6)].map(scaled)
          for (const x of [...turningPoints(kind, value, parameter), ...elsewhere, -scaled(value)]) {
            const expected = isNear(x, kind, value, parameter) ? '1' : '0'
            if (earnedNear(answer, written(x)) !== expected) different.push(`${written(x)} ${parameter} of ${value}`)
          }
        }
      }
      expect(different).toEqual([])
    })
  }
})

describe('numeric in a range (Canvas "answer in the range", bounds included unless they say not)', () => {
  for (const [range, inside, outside] of RANGES) {
    it(`${JSON.stringify(range)} holds ${inside}, and not ${outside}`, () => {
      for (const number of inside.split(' ')) expect(earnedNear({ range }, number), number).toBe('1')
      for (const number of outside.split(' ')) expect(earnedNear({ range }, number), number).toBe('0')
    })
  }
})

describe('numeric by several answers', () => {
  it('the one that pays most counts, wherever it stands', () => {
    const answers = [
      { value: '100', tolerance: { relative: '0.1' }, fraction: '1/3' },
      { value: '100', fraction: 1 },
      { range: { min: '99', max: '101' }, fraction: 0.5 },
      { value: '0', fraction: '0.123456' },
    ]
    for (const order of [answers, answers.toReversed()]) {
      const paid = ['100', '99', '98', '110', '110.1', '0', '1'].map((number) =>
        earnedBy({ answers: order }, { number }),
      )
      expect(paid).toEqual(['1', '1/2', '1/3', '1/3', '0', '1929/15625', '0'])
    }
  })
})

describe('numeric with units (Moodle numerical: multiplier and unit penalty)', () => {
  const KEY: Given = {
    answers: [
      { value: '1500', tolerance: { absolute: '15' } },
      { value: '1500', tolerance: { absolute: '150' }, fraction: '2/3' },
    ],
    units: {
      m: 1,
      km: '1e3',
      cm: { factor: '0.01', fraction: '1/2' },
      ft: { factor: 0.3048, fraction: 0.25 },
      Å: '1e-10',
    },
  }
  const EXAMPLES: [number: string | number, unit: string, earned: string][] = [
    ['1500', 'm', '1'],
    ['1515', 'm', '1'],
    ['1515.01', 'm', '2/3'],
    ['1.5', 'km', '1'],
    ['1.485', 'km', '1'],
    ['1.4849', 'km', '2/3'],
    [1.65, 'km', '2/3'],
    ['1.6501', 'km', '0'],
    ['1500', 'km', '0'],
    // What the answer earns times what the unit earns.
    ['150000', 'cm', '1/2'],
    ['151500', 'cm', '1/2'],
    ['151501', 'cm', '1/3'],
    ['165000.1', 'cm', '0'],
    // 4921.26 ft are 1500.000048 m, and 5413 ft are 1649.8824 m.
    ['4921.26', 'ft', '1/4'],
    ['5413', 'ft', '1/6'],
    ['5414', 'ft', '0'],
    ['15e12', 'A\u030A', '1'],
    ['15e12', '\u212B', '1'],
  ]
  for (const [number, unit, expected] of EXAMPLES) {
    it(`${number} ${unit} earns ${expected}`, () => {
      expect(earnedBy(KEY, { number, unit })).toBe(expected)
    })
  }

  it('factors are exact: 0.1 of 3 is 0.3', () => {
    expect(earnedBy({ answers: [{ value: '0.3' }], units: { d: 0.1 } }, { number: 3, unit: 'd' })).toBe('1')
  })

  it('a unit may be called like a member of every object', () => {
    const key = { answers: [{ value: 2 }], units: { constructor: 2, m: 1 } }
    expect(earnedBy(key, { number: 1, unit: 'constructor' })).toBe('1')
    expect(problems({ number: 1, unit: 'toString' }, content(key))).toEqual(['unknown-id'])
  })

  it('the unit is required where there are units, one of them, and refused where there are none', () => {
    expect(problems({ number: 1 }, { units: ['m', 'km'] })).toEqual(['inconsistent'])
    for (const unit of ['M', ' m', 'metre', '', 'constructor']) {
      expect(problems({ number: 1, unit }, { units: ['m', 'km'] }), unit).toEqual(['unknown-id'])
    }
    expect(problems({ number: 1, unit: null }, { units: ['m'] })).toEqual(['invalid-shape'])
    expect(problems({ number: 1, unit: 'm' })).toEqual(['inconsistent'])
    expect(problems({ number: 1, unit: '' })).toEqual(['inconsistent'])
    expect(problems({ number: '1 m', unit: 'm' }, { units: ['m'] })).toEqual(['invalid-shape'])
  })
})

describe('a number that is none is malformed, and not wrong', () => {
  it('with and without a decimal comma', () => {
    for (const number of NO_DECIMALS) {
      for (const decimalComma of [undefined, false, true]) {
        expect(problems({ number }, { decimalComma }), JSON.stringify(number)).toEqual(['invalid-shape'])
      }
    }
  })

  it('"1,5" is one only where the question takes a decimal comma, which takes a point too', () => {
    for (const number of ['1,5', ',5', '-1,5e3', '1,']) expect(problems({ number })).toEqual(['invalid-shape'])
    expect(problems({ number: '1,5' }, { decimalComma: false })).toEqual(['invalid-shape'])
    const key = { answers: [{ value: '-1500.5' }] }
    for (const number of ['-1500,5', '-1500.5', '-1,5005e3', '-1.5005e3', ' -01500,50 ', -1500.5]) {
      expect(earned('numeric', { content: { decimalComma: true }, key, response: { number } }), String(number)).toBe(
        '1',
      )
    }
    expect(earned('numeric', { content: { decimalComma: true }, key, response: { number: '-15005' } })).toBe('0')
  })

  it('a JSON number that is no float, or has lost digits', () => {
    for (const json of ['1e400', '-1e400', '9007199254740992', '-9007199254740992', '1e21', '9007199254740993']) {
      expect(problems(JSON.parse(`{ "number": ${json} }`)), json).toEqual(['invalid-shape'])
      expect(problems({ number: json.replace('400', '300') }), json).toEqual([])
    }
    for (const number of [9_007_199_254_740_991, -9_007_199_254_740_991, 0.1, -0, 1e-7, 1e-308]) {
      expect(problems({ number }), String(number)).toEqual([])
    }
  })

  it('64 characters and an exponent of 308 are admitted, and no more', () => {
    for (const number of ['1'.repeat(64), `${' '.repeat(63)}1`, '1e308', '1e-308', '1e+308', `0.${'0'.repeat(62)}`]) {
      expect(problems({ number }), number).toEqual([])
      expect(problems({ number: `${number} ${' '.repeat(64 - number.length)}` }), number).toEqual(['invalid-shape'])
    }
    for (const number of ['1e309', '1e-309', '0e999', '1e0001']) expect(problems({ number })).toEqual(['invalid-shape'])
  })

  it('another shape', () => {
    for (const number of [null, true, ['1'], { value: 1 }, undefined]) {
      expect(problems({ number })).toEqual(['invalid-shape'])
    }
    expect(problems({ number: '1', more: 1 })).toEqual(['unknown-field'])
  })
})
