import { choiceStyles } from './choices.ts'
import { clozeStyles } from './cloze.ts'
import { fieldStyles } from './fields.ts'
import { markStyles } from './marks.ts'
import { rowStyles } from './rows.ts'

/** All that the controls need beside the tokens and the typography of rich text. */
export const controlStyles = [markStyles, fieldStyles, choiceStyles, rowStyles, clozeStyles]
