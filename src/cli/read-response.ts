import type { QuestionContent } from '../bank/read-question.ts'
import { isRecord } from '../bank/record.ts'
import { findWrittenForm } from '../bank/types/registry.ts'
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
  const sample = isRecord(written) && isSample(written, question.type) ? content.respond(written) : null
  if (sample && sample.problems.length === 0 && findIssues(question, sample.response).length === 0)
    return sample.response
  const said = issues.map(({ path, detail }) => `${['--response', ...path].join(' ')}: ${detail}`)
  const problems = sample?.problems.map((problem) => `--response: ${problem}`) ?? []
  throw new CliError((problems.length > 0 ? problems : said).join('\n'))
}

/** Whether it has what a sample of this type has, and nothing else. */
function isSample(written: Readonly<Record<string, unknown>>, type: string): boolean {
  const fields = findWrittenForm(type)?.sampleFields ?? []
  return Object.keys(written).every((name) => fields.includes(name))
}

function findIssues({ type: name, content }: AuthoredQuestion, response: unknown): readonly Issue[] {
  const type = questionType(name)
  const parsed = parse(type.response, response)
  return parsed.ok ? type.checkResponse(content, parsed.value) : parsed.issues
}
