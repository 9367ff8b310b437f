import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { DEFAULT_RATES, type Environment, parseAbuseLimits, parseNodeSettings } from '../../src/config.ts'
import type { LimitName } from '../../src/deps.ts'
import { createMemoryLimits } from '../../src/hosts/memory-limits.ts'
import { createWorkerLimits } from '../../src/hosts/worker-limits.ts'
import { readImports } from '../support/imports.ts'

const limiter = (success: boolean) => ({ limit: async () => ({ success }) })

describe('limits in memory', () => {
  it('keep so many callers in mind and no more: those that came longest ago are forgotten', async () => {
    const { count } = createMemoryLimits({ ...DEFAULT_RATES, key: 1 }, () => 0, 3)
    const remainingOf = async (key: string) => (await count('key', key))?.isWithin
    for (const key of ['a', 'b', 'c', 'd']) expect(await remainingOf(key)).toBe(true)
    expect([await remainingOf('d'), await remainingOf('a')]).toEqual([false, true])
  })

  it('count each name by itself', async () => {
    const { count, refusal } = createMemoryLimits({ ...DEFAULT_RATES, start: 1, address: 2 }, () => 0)
    await count('start', 'a')
    await count('address', 'a')
    expect((await refusal('start', 'a'))?.isWithin).toBe(true)
    expect(await refusal('address', 'a')).toBeNull()
    expect((await count('start', 'a'))?.isWithin).toBe(false)
  })
})

describe('limits by the platform', () => {
  const clock = { now: 0 }
  const limitsWith = (environment: Environment) => createWorkerLimits(environment, DEFAULT_RATES, () => clock.now)

  it('say what is known: the policy, and when nothing is left', async () => {
    const known = { name: 'key', quota: DEFAULT_RATES.key, windowSeconds: 60, resetSeconds: 60 }
    expect(await limitsWith({ KEY_LIMITER: limiter(true) }).count('key', 'k')).toEqual({
      ...known,
      isWithin: true,
      remaining: null,
    })
    expect(await limitsWith({ KEY_LIMITER: limiter(false) }).count('key', 'k')).toEqual({
      ...known,
      isWithin: false,
      remaining: 0,
    })
  })

  it('ask the binding of the name, under the key, and limit nothing where none is bound', async () => {
    const asked: string[] = []
    const binding = (name: string) => ({
      limit: async ({ key }: { key: string }) => (asked.push(`${name} ${key}`), { success: true }),
    })
    const names = Object.keys(DEFAULT_RATES) as LimitName[]
    const bindings = names.map((name) => [`${name.toUpperCase()}_LIMITER`, binding(name)])
    const limits = limitsWith(Object.fromEntries(bindings))
    for (const name of names) await limits.count(name, `k-${name}`)
    expect(asked).toEqual(names.map((name) => `${name} k-${name}`))
    for (const name of names) expect(await limitsWith({ KEY_LIMITER: 'text' }).count(name, 'k')).toBeNull()
  })

  it('remember a refusal for as long as a window may last, without asking again', async () => {
    const limits = limitsWith({ CREDENTIAL_LIMITER: limiter(false) })
    expect(await limits.refusal('credential', 'k')).toBeNull()
    await limits.count('credential', 'k')
    clock.now += 59_500
    expect((await limits.refusal('credential', 'k'))?.resetSeconds).toBe(1)
    expect(await limits.refusal('credential', 'other')).toBeNull()
    expect(await limits.refusal('key', 'k')).toBeNull()
    clock.now += 500
    expect(await limits.refusal('credential', 'k')).toBeNull()
  })

  it('hold in both environments of wrangler.toml what the variables have by default', () => {
    const block =
      /^\[\[(env\.libsql\.)?ratelimits\]\]\nname = "(\w+)_LIMITER"\nnamespace_id = "(\d+)"\nsimple = \{ limit = (\d+), period = 60 \}$/gm
    const found = [...readFileSync('wrangler.toml', 'utf8').matchAll(block)]
    for (const environment of [undefined, 'env.libsql.']) {
      const limits = found.filter(([, where]) => where === environment)
      const rates = limits.map(([, , name, , limit]) => [name!.toLowerCase(), Number(limit)])
      expect(Object.fromEntries(rates)).toEqual(DEFAULT_RATES)
    }
    expect(new Set(found.map(([, , , id]) => id)).size).toBe(found.length)
  })

  it('do without what Node counts with', () => {
    const { imports } = readImports('src/hosts/*.ts')
    const importers = imports.filter(({ specifier }) => specifier.endsWith('memory-limits.ts'))
    expect(importers.map(({ file }) => file)).toEqual(['src/hosts/node.ts'])
  })
})

describe('the settings', () => {
  it('limit by default, each and all, and can be changed one by one', () => {
    expect(parseAbuseLimits({})).toEqual({ rates: DEFAULT_RATES, untouchedDays: 7 })
    const changed = parseAbuseLimits({ RATE_LIMIT_ATTEMPT: '5', RATE_LIMIT_START: 'off', UNTOUCHED_ATTEMPT_DAYS: '30' })
    expect(changed).toEqual({ rates: { ...DEFAULT_RATES, attempt: 5, start: null }, untouchedDays: 30 })
  })

  it('turn all off with one', () => {
    expect(parseAbuseLimits({ RATE_LIMITS: 'off', RATE_LIMIT_KEY: '5' }).rates).toBeNull()
    expect(parseAbuseLimits({ UNTOUCHED_ATTEMPT_DAYS: 'off' }).untouchedDays).toBeNull()
  })

  it('are refused by their name where they are wrong, also those that are turned off', () => {
    const names = Object.keys(DEFAULT_RATES).map((name) => `RATE_LIMIT_${name.toUpperCase()}`)
    for (const name of [...names, 'UNTOUCHED_ATTEMPT_DAYS']) {
      for (const value of ['0', '-1', '1.5', '1e3', 'Off', ' 5', '99999999']) {
        expect(() => parseAbuseLimits({ [name]: value, RATE_LIMITS: 'off' }), `${name}=${value}`).toThrow(
          new RegExp(`^${name} is neither off nor a whole number from 1 to \\d+\\.$`),
        )
      }
    }
    for (const value of ['false', 'ON', '0']) {
      expect(() => parseAbuseLimits({ RATE_LIMITS: value })).toThrow('RATE_LIMITS is neither on nor off.')
    }
    for (const value of ['-1', '11', 'one']) {
      expect(() => parseNodeSettings({ TRUSTED_PROXIES: value })).toThrow(/^TRUSTED_PROXIES is not a whole number/)
    }
    expect(parseNodeSettings({}).trustedProxies).toBe(0)
  })
})
