/** What an expression of PromQL names: enough of the language for the rules and the runbooks, and no more. */

const WORDS = new Set(['and', 'or', 'unless', 'by', 'without', 'on', 'ignoring', 'bool', 'offset'])

const NAME = /[a-z_:][\w:]*/gi

/** The names of metrics in it, each once. */
export function metricsIn(expression: string): string[] {
  const bare = withoutTexts(expression)
    .replaceAll(/\{[^}]*\}/g, ' ')
    .replaceAll(/\[[^\]]*\]/g, ' ')
    .replaceAll(/\b(?:by|on|without|ignoring)\s*\([^)]*\)/g, ' ')
    // Functions, numbers and durations.
    .replaceAll(/[a-z_]\w*\s*\(/gi, ' ')
    .replaceAll(/\b\d+[\w.]*/g, ' ')
  return [...new Set((bare.match(NAME) ?? []).filter((name) => !WORDS.has(name)))]
}

/** The labels that it asks of each metric: `[metric, label]`. */
export function labelsAskedIn(expression: string): [metric: string, label: string][] {
  const selectors = withoutTexts(expression).matchAll(/([a-z_:][\w:]*)\{([^}]*)\}/gi)
  return [...selectors].flatMap(([, metric, matchers]) =>
    [...matchers!.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)].map(([, label]) => [metric!, label!] as [string, string]),
  )
}

/** The labels that it groups by. */
export function labelsGroupedIn(expression: string): string[] {
  const groups = expression.matchAll(/\bby\s*\(([^)]*)\)/g)
  return [...groups].flatMap(([, labels]) => labels!.split(',').map((label) => label.trim()))
}

function withoutTexts(expression: string): string {
  return expression.replaceAll(/"[^"]*"|'[^']*'/g, '""')
}
