import { readFileSync } from 'node:fs'

interface Rule {
  readonly admits: boolean
  readonly pattern: RegExp
}

const RULES = readFileSync('.dockerignore', 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line): Rule => ({ admits: line.startsWith('!'), pattern: toPattern(line.replace(/^!/, '')) }))

/** Whether a path of this folder stays away from the builder: the last rule decides that fits it, or a folder that it is in. */
export function isIgnored(path: string): boolean {
  const parts = path.split('/')
  const prefixes = parts.map((_, index) => parts.slice(0, index + 1).join('/'))
  const rule = RULES.findLast(({ pattern }) => prefixes.some((prefix) => pattern.test(prefix)))
  return rule !== undefined && !rule.admits
}

/** `*` stands for what has no slash in it, and a leading `**` for any folders or none. */
function toPattern(line: string): RegExp {
  const body = line
    .split('/')
    .map((part) => (part === '**' ? '(?:.*/)?' : `${part.replaceAll('.', '\\.').replaceAll('*', '[^/]*')}/`))
    .join('')
  return new RegExp(`^${body.replace(/\/$/, '')}$`)
}
