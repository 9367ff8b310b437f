import { base } from './base.ts'
import { buttons } from './buttons.ts'
import { controlStyles } from './controls.ts'
import { forcedColors } from './forced-colors.ts'
import { layout } from './layout.ts'
import { overview } from './overview.ts'
import { prose } from './prose.ts'
import { question } from './question.ts'
import { tokens } from './tokens.ts'

/** Everything of the player's look, in the order in which later rules win. */
export const styles = [tokens, base, prose, buttons, layout, question, overview, ...controlStyles, forcedColors]
