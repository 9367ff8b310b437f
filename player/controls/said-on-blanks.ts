import { html, nothing, type TemplateResult } from 'lit'
import type { ClozeQuestion, ClozeResponse, Option, RichText } from '../contract.ts'
import { plainText, richText } from '../content/rich-text.ts'
import { type Blank, complaintOn } from './blank-field.ts'
import type { ControlProps } from './control.ts'
import { rightAnswer, showsAnswer } from './marks.ts'

type Props = ControlProps<ClozeQuestion, ClozeResponse>

/** What is wrong with a blank, its right answer and the feedback on it; null where there is none of that. */
export function saidOnBlank(blank: Blank, index: number, props: Props): TemplateResult | null {
  const { question, response, labelledBy, strings } = props
  const value = response?.blanks[blank.id] ?? ''
  const complaint = complaintOn(blank, value)
  const right = rightValue(blank, value, props)
  const remarks = remarksOf(props).filter(({ owners }) => owners.length === 1 && owners[0] === blank)
  if (complaint === null && right === null && remarks.length === 0) return null
  return html`<div class="said-on-blank" id="${labelledBy}-said-${blank.id}">
    <span class="blank-name" lang=${strings.lang}>${strings.blank(index + 1, question.blanks.length)}</span>
    ${complaint === null ? nothing : html`<div class="note wrong" lang=${strings.lang}>${complaint(strings)}</div>`}
    ${right === null ? nothing : rightAnswer(strings.rightAnswer, right, strings)} ${remarks.map(remark)}
  </div>`
}

/** Blanks may have options of one id, and feedback names an id alone: then it is said of the option, not of a blank. */
export function saidOnShared(props: Props): TemplateResult[] {
  return remarksOf(props)
    .filter(({ owners }) => owners.length > 1)
    .map(remark)
}

/** Whether a text or a number was right, the server alone can say; that it is the very answer needs no words. */
function rightValue(blank: Blank, value: string, { result }: Props): unknown {
  if (!showsAnswer(result)) return null
  const right = result.answer.blanks[blank.id]
  if (right === undefined || right === value.trim()) return null
  const option = optionsOf(blank).find(({ id }) => id === right)
  return option ? richText(option.text) : right
}

interface Remark {
  /** The blanks that the id is one of, or that have an option of this id. */
  readonly owners: readonly Blank[]
  /** The option that it is on, in words. */
  readonly option: string
  readonly text: RichText
}

function remarksOf({ question: { blanks }, result }: Props): Remark[] {
  return (result?.feedback ?? []).map(({ option: name, text }) => {
    const options = blanks.flatMap(optionsOf).filter(({ id }) => id === name)
    return {
      owners: blanks.filter((blank) => blank.id === name || optionsOf(blank).some(({ id }) => id === name)),
      option: [...new Set(options.map((option) => plainText(option.text)))].join(' / '),
      text,
    }
  })
}

function remark({ option, text }: Remark): TemplateResult {
  return html`<div class="remark rich" part="feedback">
    ${option === '' ? nothing : html`<p class="on-option">${option}</p>`}${richText(text)}
  </div>`
}

function optionsOf(blank: Blank): readonly Option[] {
  return blank.type === 'single-choice' ? blank.options : []
}
