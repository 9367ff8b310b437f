import * as v from 'valibot'

/**
 * One of several objects, told apart by the one member that names its kind: `{ value: 1 }` or `{ range: { … } }`.
 *
 * valibot's own `union` says of a mistake only that nothing fits. Here the kind is looked up first, and what is said is
 * about that one.
 */
export function oneOf<const Kinds extends Readonly<Record<string, v.GenericSchema>>>(
  kinds: Kinds,
  kindOf = (input: object): string | undefined => Object.keys(kinds).find((kind) => Object.hasOwn(input, kind)),
  expected = `Expected an object with one of these: ${Object.keys(kinds).join(', ')}.`,
): v.GenericSchema<v.InferInput<Kinds[keyof Kinds]>, v.InferOutput<Kinds[keyof Kinds]>> {
  const schema = v.union(Object.values(kinds), expected)
  const run = schema['~run'].bind(schema)
  return Object.assign(schema, {
    '~run': (dataset: v.UnknownDataset, config: v.Config<v.BaseIssue<unknown>>) => {
      const { value } = dataset
      const kind = typeof value === 'object' && value !== null ? kindOf(value) : undefined
      return kind === undefined ? run({ value: null }, config) : kinds[kind]!['~run'](dataset, config)
    },
  })
}

/** A plain value, or an object with more to say. What is said of a mistake is about the one that was written. */
export function plainOr<const Plain extends v.GenericSchema, const Full extends v.GenericSchema>(
  plain: Plain,
  full: Full,
): v.GenericSchema<v.InferInput<Plain> | v.InferInput<Full>, v.InferOutput<Plain> | v.InferOutput<Full>> {
  return Object.assign(v.union([plain, full]), {
    '~run': (dataset: v.UnknownDataset, config: v.Config<v.BaseIssue<unknown>>) => {
      const isObject = typeof dataset.value === 'object' && dataset.value !== null
      return (isObject ? full : plain)['~run'](dataset, config)
    },
  })
}
