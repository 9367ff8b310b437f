import * as v from 'valibot'

/**
 * An object whose names are data.
 *
 * valibot's own `record` takes an array for one, and drops members that are called `constructor` or `prototype` without a
 * word. Input comes from strangers, and nothing of it is dropped in silence: here a name is as good as any other, but for
 * `__proto__`, which is no name of data in JavaScript. Read it with `own`.
 */
export function strictRecord<const Key extends v.GenericSchema<string, string>, const Value extends v.GenericSchema>(
  key: Key,
  value: Value,
): v.RecordSchema<Key, Value, undefined> {
  const schema = v.record(key, value)
  const run = schema['~run'].bind(schema)
  return Object.assign(schema, {
    '~run': (dataset: v.UnknownDataset, config: v.Config<v.BaseIssue<unknown>>) => {
      const input = dataset.value
      if (!isPlain(input)) return run({ value: null }, config)
      const issues: v.BaseIssue<unknown>[] = []
      const members = Object.entries(input).map(([name, member]) => {
        const named = key['~run']({ value: name }, config)
        const valued = value['~run']({ value: member }, config)
        issues.push(...at(name, member, input, 'key', named.issues), ...at(name, member, input, 'value', valued.issues))
        return [named.value as string, valued.value] as const
      })
      const result = { value: Object.fromEntries(members), typed: true }
      return (issues.length > 0 ? { ...result, issues } : result) as ReturnType<typeof run>
    },
  })
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !Object.hasOwn(value, '__proto__')
}

function at(
  name: string,
  value: unknown,
  input: Record<string, unknown>,
  origin: 'key' | 'value',
  issues: readonly v.BaseIssue<unknown>[] = [],
): v.BaseIssue<unknown>[] {
  return issues.map((issue) => ({
    ...issue,
    path: [{ type: 'object', origin, input, key: name, value }, ...(issue.path ?? [])],
  }))
}
