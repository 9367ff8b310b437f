import type { QuizSummary } from '../content/summary.ts'
import type { EffectiveTerms } from '../grading/accommodations.ts'
import { attemptsAllowed, deadlineOf, ruleFor, timeLimitOf } from '../grading/timing.ts'
import type { Rule } from './_rules.ts'
import { toTime } from './_attempt-view.ts'
import { openingOf } from './_opening.ts'

type Because = EffectiveTerms['because']

/**
 * What a learner's attempt at a quiz would get that starts now, or as soon as the quiz opens, and in sentences where that
 * comes from: what the quiz gives, what the learner's rule makes of it, and when the quiz closes.
 */
export function effectiveTerms({ id, policy }: QuizSummary, rules: readonly Rule[], now: number): EffectiveTerms {
  const rule = ruleFor(rules, id)
  const { opensAt, closesAt } = openingOf(policy)
  const start = Math.max(now, opensAt ?? now)
  const timeLimit = timeLimitOf(policy.timeLimitSeconds, rule)
  const deadline = deadlineOf(start, timeLimit, closesAt)
  const capped = deadline !== null && (timeLimit === null || deadline < start + timeLimit)
  return {
    quiz: id,
    timeLimitSeconds: deadline === null ? null : Math.max(0, Math.ceil((deadline - start) / 1000)),
    attemptsPerLearner: attemptsAllowed(policy.attemptsPerLearner, rule),
    because: [
      ...ofPolicy(policy),
      ...(rule ? ofRule(rule, policy) : []),
      ...(capped ? [ofClosing(deadline, start, now)] : []),
    ],
  }
}

function ofPolicy({ timeLimitSeconds, attemptsPerLearner }: QuizSummary['policy']): Because {
  return [
    {
      source: 'policy',
      detail:
        timeLimitSeconds === null
          ? 'The quiz has no time limit.'
          : `The quiz allows ${count(timeLimitSeconds, 'second')}.`,
    },
    {
      source: 'policy',
      detail:
        attemptsPerLearner === null
          ? 'The quiz does not limit the attempts.'
          : `The quiz allows ${count(attemptsPerLearner, 'attempt')}.`,
    },
  ]
}

/** What the rule gives where there is something to be given more of. Its reason is not repeated. */
function ofRule(rule: Rule, { timeLimitSeconds, attemptsPerLearner }: QuizSummary['policy']): Because {
  const { factor, extraSeconds, unlimited, extraAttempts } = rule
  const limited = timeLimitSeconds !== null
  const gifts = [
    limited && unlimited && 'lifts the time limit',
    limited && factor !== null && `gives ${factor} times as much time`,
    limited && extraSeconds !== null && `adds ${count(extraSeconds, 'second')}`,
    attemptsPerLearner !== null && extraAttempts !== null && `adds ${count(extraAttempts, 'attempt')}`,
  ]
  const whose = `The accommodation for ${rule.quiz === null ? 'all quizzes' : 'this quiz'}`
  return gifts.flatMap((gift) => (gift ? [{ source: 'accommodation', detail: `${whose} ${gift}.` }] : []))
}

function ofClosing(closesAt: number, start: number, now: number): Because[number] {
  const closes = `The quiz ${closesAt <= now ? 'closed' : 'closes'} at ${toTime(closesAt)}`
  if (closesAt <= now) return { source: 'closesAt', detail: `${closes}.` }
  const from = start > now ? `after it opens at ${toTime(start)}` : 'from now'
  return { source: 'closesAt', detail: `${closes}, ${count(Math.ceil((closesAt - start) / 1000), 'second')} ${from}.` }
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`
}
