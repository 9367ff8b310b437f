import type { Command } from './command.ts'

export function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length))
  return [
    'Usage: answerkey <command>',
    '',
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    'answerkey <command> --help says more.',
    '',
  ].join('\n')
}

export function commandHelp({ name, usage, summary, help }: Command): string {
  return [`Usage: answerkey ${name} ${usage}`, '', summary, '', help, ''].join('\n')
}
