import * as v from 'valibot'

/**
 * An object that admits exactly the named entries.
 *
 * valibot's own `strictObject` takes an array for an object whose entries are all optional. Input comes from strangers, so
 * an array is refused here.
 */
export function strictObject<const Entries extends v.ObjectEntries>(
  entries: Entries,
): v.StrictObjectSchema<Entries, undefined> {
  const schema = v.strictObject(entries)
  const run = schema['~run'].bind(schema)
  return Object.assign(schema, {
    '~run': (dataset: v.UnknownDataset, config: v.Config<v.BaseIssue<unknown>>) =>
      run(Array.isArray(dataset.value) ? { value: null } : dataset, config),
  })
}
