import { html, nothing, type TemplateResult } from 'lit'
import type { Option, OrderingQuestion, OrderingResponse } from '../contract.ts'
import { plainText, richText } from '../content/rich-text.ts'
import type { Control, ControlProps } from './control.ts'
import { dragRow } from './drag-row.ts'
import { icon } from './icon.ts'
import { feedbackOn, remarks, rightAnswer, showsAnswer } from './marks.ts'

type Props = ControlProps<OrderingQuestion, OrderingResponse>

/**
 * The rows stay where they are and change what they hold, so that neither focus nor a drag is lost on the way. The order as
 * it is served may be the right one, and yet it is nobody's answer before somebody says so.
 */
export const ordering: Control<OrderingQuestion, OrderingResponse> = {
  type: 'ordering',
  completenessOf: ({ order }, { items }) => (order.length === items.length ? 'complete' : 'malformed'),
  render(props) {
    const { result, locked, labelledBy, strings } = props
    const items = itemsOf(props)
    return html`<div class="ordering">
      <ol class="rows" part="items" role="list" aria-labelledby=${labelledBy}>
        ${items.map((item, index) => row(item, index, items, props))}
      </ol>
      ${locked ? nothing : keepButton(props)}
      <div class="unseen" role="status" lang=${strings.lang}></div>
      ${
        showsAnswer(result)
          ? rightAnswer(
              strings.rightOrder,
              html`<ol>
                ${result.answer.order.map((id) => html`<li>${textOf(id, props)}</li>`)}
              </ol>`,
              strings,
            )
          : nothing
      }
    </div>`
  },
}

function row(item: Option, index: number, items: readonly Option[], props: Props): TemplateResult {
  const { result, locked, labelledBy } = props
  const startDrag = (event: PointerEvent) => {
    const list = listAround(event)
    let order = items
    dragRow(event, index, {
      move(from, to) {
        order = move(order, from, to, props)
      },
      drop(place) {
        if (place !== index) announce(list, order, place, props)
      },
    })
  }
  return html`<li class="card row ${locked ? 'locked' : ''}" part="item">
    ${locked ? nothing : html`<span class="grip" part="handle" @pointerdown=${startDrag}>${icon('grip')}</span>`}
    <span class="place">${index + 1}</span>
    <div class="rich">${richText(item.text)}</div>
    ${
      locked
        ? nothing
        : html`<span class="moves">
            ${moveButton('up', index, items, props)}${moveButton('down', index, items, props)}
          </span>`
    }
    ${remarks(feedbackOn(result, item.id), `${labelledBy}-said-${item.id}`)}
  </li>`
}

/** At an end a button does nothing, but keeps the focus that a move brought there. */
function moveButton(way: 'up' | 'down', index: number, items: readonly Option[], props: Props): TemplateResult {
  const { strings } = props
  const to = way === 'up' ? index - 1 : index + 1
  const atEnd = items[to] === undefined
  const name = plainText(items[index]!.text)
  const onClick = (event: Event) => {
    if (atEnd) return
    const list = listAround(event)
    announce(list, move(items, index, to, props), to, props)
    list.children[to]!.querySelector<HTMLElement>(`.move.${way}`)!.focus()
  }
  return html`<button
    class="move ${way}"
    part="move"
    type="button"
    lang=${strings.lang}
    aria-label=${way === 'up' ? strings.moveUp(name) : strings.moveDown(name)}
    aria-disabled=${atEnd}
    @click=${onClick}
  >
    ${icon(way)}
  </button>`
}

/** It becomes what it brings about, and keeps the focus meanwhile. */
function keepButton(props: Props): TemplateResult {
  const { question, response, strings, change } = props
  const kept = response !== null
  const onClick = (event: Event) => {
    if (kept) return
    change({ order: question.items.map(({ id }) => id) })
    statusBeside(event.currentTarget as Element).textContent = strings.orderKept
  }
  return html`<button
    class="keep"
    part="keep"
    type="button"
    lang=${strings.lang}
    aria-disabled=${kept}
    tabindex=${kept ? -1 : nothing}
    @click=${onClick}
  >
    ${kept ? icon('check') : nothing}${kept ? strings.orderKept : strings.keepOrder}
  </button>`
}

function move(items: readonly Option[], from: number, to: number, { change }: Props): readonly Option[] {
  const moved = items.toSpliced(from, 1).toSpliced(to, 0, items[from]!)
  change({ order: moved.map(({ id }) => id) })
  return moved
}

function announce(list: Element, items: readonly Option[], place: number, { strings }: Props): void {
  const name = plainText(items[place]!.text)
  statusBeside(list).textContent = strings.moved(name, place + 1, items.length)
}

function statusBeside(element: Element): Element {
  return element.parentElement!.querySelector('[role=status]')!
}

function listAround(event: Event): Element {
  return (event.currentTarget as Element).closest('ol')!
}

function itemsOf({ question: { items }, response }: Props): readonly Option[] {
  const ordered = response?.order.flatMap((id) => items.filter((item) => item.id === id)) ?? []
  // An order that is not whole is none.
  return ordered.length === items.length ? ordered : items
}

function textOf(id: string, { question: { items } }: Props): unknown {
  return items.filter((item) => item.id === id).map(({ text }) => richText(text))
}
