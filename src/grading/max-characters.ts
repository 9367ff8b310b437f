import * as v from 'valibot'

/**
 * A bound in characters (Unicode code points), as JSON Schema's `maxLength` counts them. valibot's own counts UTF-16 code
 * units, by which an emoji is two.
 */
export function maxCharacters<const Limit extends number>(limit: Limit): v.MaxLengthAction<string, Limit, undefined> {
  const action = v.maxLength<string, Limit>(limit)
  const run = action['~run'].bind(action)
  return Object.assign(action, {
    '~run': (dataset: v.OutputDataset<string, v.BaseIssue<unknown>>, config: v.Config<v.BaseIssue<unknown>>) =>
      dataset.typed && isWithin(dataset.value, limit) ? dataset : run(dataset, config),
  })
}

/** Text of no more units than the limit is not walked, and neither is one that is too long whatever it holds. */
function isWithin(text: string, limit: number): boolean {
  if (text.length <= limit) return true
  return text.length <= limit * 2 && Array.from(text).length <= limit
}
