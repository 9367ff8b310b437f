import * as v from 'valibot'

/**
 * An object whose names are data.
 *
 * valibot's own `record` takes an array for one, and drops members that are called `constructor` or `prototype` without a
 * word. Input comes from strangers, and nothing of it is dropped in silence, so both are refused here.
 */
export function strictRecord<const Key extends v.GenericSchema<string, string>, const Value extends v.GenericSchema>(
  key: Key,
  value: Value,
): v.RecordSchema<Key, Value, undefined> {
  const schema = v.record(key, value)
  const run = schema['~run'].bind(schema)
  return Object.assign(schema, {
    '~run': (dataset: v.UnknownDataset, config: v.Config<v.BaseIssue<unknown>>) =>
      run(isPlain(dataset.value) ? dataset : { value: null }, config),
  })
}

function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return !Array.isArray(value) && !Object.hasOwn(value, 'constructor') && !Object.hasOwn(value, 'prototype')
}
