import type { QuestionContent } from '../bank/read-question.ts'
import { isRecord } from '../bank/record.ts'
import { readYamlValue } from '../bank/yaml-source.ts'
import type { AuthoredQuestion } from '../content/document.ts'
import { type Issue, parse } from '../grading/issue.ts'
import { questionType } from '../grading/types/registry.ts'
import { CliError } from './command.ts'

/** A response as it is sent, or as a sample of the file writes it. JSON is YAML. */
export function readResponse(text: string, question: AuthoredQuestion, content: QuestionContent): unknown {
  const written = readYamlValue(text)
  if (written === undefined) throw new CliError('--response: this is neither JSON nor YAML.')
  const issues = findIssues(question, written)
  if (issues.length === 0) return written
  const sample = isRecord(written) ? content.respond(written) : undefined
  if (sample !== undefined && findIssues(question, sample).length === 0) return sample
  const said = issues.map(({ path, detail }) => `${['--response', ...path].join(' ')}: ${detail}`)
  throw new CliError(said.join('\n'))
}

function findIssues({ type: name, content }: AuthoredQuestion, response: unknown): readonly Issue[] {
  const type = questionType(name)
  const parsed = parse(type.response, response)
  return parsed.ok ? type.checkResponse(content, parsed.value) : parsed.issues
}
