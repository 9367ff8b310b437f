import type { Option } from '../contract.ts'

/** A type of our own, so that a field which takes text takes no option. */
const TYPE = 'application/x-answerkey-option'

export function dragOption(id: string) {
  return ({ dataTransfer }: DragEvent) => dataTransfer?.setData(TYPE, id)
}

export function dragOver(event: DragEvent): void {
  if (!event.dataTransfer?.types.includes(TYPE)) return
  event.preventDefault()
  toggleOver(event, true)
}

export function dragLeave(event: DragEvent): void {
  toggleOver(event, false)
}

/** Takes an option, and only one of the own question. */
export function dropOption(options: readonly Option[], take: (option: string) => void) {
  return (event: DragEvent) => {
    toggleOver(event, false)
    const id = event.dataTransfer?.getData(TYPE)
    if (!options.some((option) => option.id === id)) return
    event.preventDefault()
    take(id!)
  }
}

function toggleOver({ currentTarget }: DragEvent, over: boolean): void {
  ;(currentTarget as Element).toggleAttribute('data-over', over)
}
