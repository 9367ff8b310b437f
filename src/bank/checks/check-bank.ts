import { absoluteWords } from './absolute-words.ts'
import { answerPosition } from './answer-position.ts'
import { ambiguousAnswer } from './ambiguous-answer.ts'
import type { BankCheck, CheckedBank } from './bank-check.ts'
import { explanationLength } from './explanation-length.ts'
import type { Finding } from '../finding.ts'
import { guessingPays } from './guessing-pays.ts'
import { longAnswer } from './long-answer.ts'
import { longestAnswer } from './longest-answer.ts'
import { tellingId } from './telling-id.ts'
import { tellingOrder } from './telling-order.ts'
import { unnoticedChange } from './unnoticed-change.ts'

/** Every check of a bank, in the order of the documentation. */
const CHECKS: readonly BankCheck[] = [
  answerPosition,
  longestAnswer,
  longAnswer,
  absoluteWords,
  tellingId,
  tellingOrder,
  explanationLength,
  unnoticedChange,
  guessingPays,
  ambiguousAnswer,
]

export function checkBank(bank: CheckedBank): Finding[] {
  return CHECKS.flatMap((check) => check(bank))
}
