import * as v from 'valibot'

/** An id that authors choose for a question, section, option, item or blank. */
export const Id = v.pipe(
  v.string(),
  v.regex(
    /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/,
    'Expected an id: 1 to 64 letters, digits, hyphens or underscores, a letter or digit first.',
  ),
)

/** The id of a quiz: it is part of URLs. */
export const QuizId = v.pipe(
  v.string(),
  v.regex(
    /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/,
    'Expected a slug: 1 to 64 lower-case letters, digits or hyphens, no hyphen at either end.',
  ),
)
