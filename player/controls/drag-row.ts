export interface Drag {
  /** Called as soon as the pointer has passed the middle of a neighbour. */
  readonly move: (from: number, to: number) => void
  readonly drop: (place: number) => void
}

/** Follows a pointer, mouse or finger, that took a row of a list by its handle. */
export function dragRow(down: PointerEvent, from: number, { move, drop }: Drag): void {
  if (down.button !== 0) return
  down.preventDefault()
  const handle = down.currentTarget as HTMLElement
  const rows = [...handle.closest('ol')!.children]
  const gesture = new AbortController()
  let place = from

  const onMove = ({ clientY }: PointerEvent) => {
    const to = placeAt(rows, place, clientY)
    if (to === place) return
    move(place, to)
    rows[place]!.removeAttribute('data-lifted')
    rows[to]!.setAttribute('data-lifted', '')
    rows[to]!.scrollIntoView({ block: 'nearest' })
    place = to
  }
  const onEnd = () => {
    gesture.abort()
    rows[place]!.removeAttribute('data-lifted')
    drop(place)
  }
  rows[from]!.setAttribute('data-lifted', '')
  handle.setPointerCapture(down.pointerId)
  handle.addEventListener('pointermove', onMove, gesture)
  handle.addEventListener('lostpointercapture', onEnd, gesture)
}

/** A row that passes the middle of another stays passed: where heights differ, comparing edges would flicker. */
function placeAt(rows: readonly Element[], place: number, y: number): number {
  const middle = (index: number) => {
    const { top, height } = rows[index]!.getBoundingClientRect()
    return top + height / 2
  }
  let to = place
  while (to < rows.length - 1 && y > middle(to + 1)) to++
  while (to > 0 && y < middle(to - 1)) to--
  return to
}
