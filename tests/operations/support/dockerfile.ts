import { readFileSync } from 'node:fs'
import {
  Copy,
  DockerfileParser,
  Env,
  type Instruction,
  Label,
  type ModifiableInstruction,
  type Property,
} from 'dockerfile-ast'

/** A stage of a Dockerfile: its name, what it begins with, and its instructions but FROM. */
export interface Stage {
  readonly name: string
  readonly from: string
  readonly instructions: readonly Instruction[]
}

/** One COPY: its sources and its target, and the stage that they come from, null for the folder that is built. */
export interface Copied {
  readonly from: string | null
  readonly owner: string | null
  readonly sources: readonly string[]
  readonly target: string
}

export const DOCKERFILE = readFileSync('Dockerfile', 'utf8')

/** The stages in their order; the last one, which is the image, has no name. */
export function readStages(text = DOCKERFILE): Stage[] {
  const stages: (Stage & { instructions: Instruction[] })[] = []
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    if (instruction.getKeyword() === 'FROM') {
      const [from = '', , name = ''] = wordsOf(instruction)
      stages.push({ from, name, instructions: [] })
    } else {
      stages.at(-1)?.instructions.push(instruction)
    }
  }
  return stages
}

export function instructionsOf({ instructions }: Stage, keyword: string): Instruction[] {
  return instructions.filter((instruction) => instruction.getKeyword() === keyword)
}

export function wordsOf(instruction: Instruction | undefined): string[] {
  return instruction?.getArguments().map((argument) => argument.getValue()) ?? []
}

export function copiesOf(stage: Stage): Copied[] {
  return stage.instructions
    .filter((instruction) => instruction instanceof Copy)
    .map((copy) => {
      const words = wordsOf(copy)
      const [from, owner] = [flagOf(copy, 'from'), flagOf(copy, 'chown')]
      return { from, owner, sources: words.slice(0, -1), target: words.at(-1)! }
    })
}

function flagOf(instruction: ModifiableInstruction, name: string): string | null {
  return (
    instruction
      .getFlags()
      .find((flag) => flag.getName() === name)
      ?.getValue() ?? null
  )
}

/** The words of ENTRYPOINT, CMD or HEALTHCHECK; throws where it goes through a shell, or does not stand there once. */
export function execForm(stage: Stage, keyword: string): string[] {
  const [found, ...more] = instructionsOf(stage, keyword)
  if (found === undefined || more.length > 0) throw new Error(`${keyword} does not stand there once.`)
  const list = found.getArgumentsContent()?.match(/(?:^|CMD\s+)(\[[^]*\])$/)?.[1]
  if (list === undefined) throw new Error(`${keyword} goes through a shell.`)
  return JSON.parse(list) as string[]
}

/** What ENV or LABEL sets, by name; a variable stands in it as it is written. */
export function pairsOf(stage: Stage, keyword: 'ENV' | 'LABEL'): Record<string, string> {
  const type = keyword === 'ENV' ? Env : Label
  const pairs = stage.instructions.flatMap((found): Property[] => (found instanceof type ? found.getProperties() : []))
  return Object.fromEntries(pairs.map((pair) => [pair.getName(), pair.getValue() ?? '']))
}
