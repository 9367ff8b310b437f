import type { JSONWebKeySet } from 'jose'
import { render } from 'lit'
import { verifyStringsFor } from '../strings/strings.ts'
import { type Verdict, verifyReceipt } from './verify-receipt.ts'
import { view } from './view.ts'

/** The page that verifies a receipt, which is pasted, chosen, dropped, or in its address as `#receipt=…`. */
const main = document.querySelector<HTMLElement>('#verify')!

const { strings, language } = verifyStringsFor(navigator.language)

/** A receipt has about a thousand characters: of what is something else the beginning is enough to see that. */
const MAX_BYTES = 100_000

/** The last of several receipts is the one that is told of. */
let asked = 0

async function verify(text: string): Promise<void> {
  field().value = text
  const turn = ++asked
  show('busy')
  const verdict = await verifyReceipt(text, { issuer: main.dataset['issuer']!, readKeys })
  if (turn !== asked) return
  show(verdict)
  main.querySelector<HTMLElement>('[role=status] h2')?.focus()
}

/** As they are now: a key that was added a minute ago counts. */
async function readKeys(): Promise<JSONWebKeySet> {
  const response = await fetch('/.well-known/jwks.json', { cache: 'no-cache' })
  if (!response.ok) throw new Error(`The keys: ${response.status}`)
  return (await response.json()) as JSONWebKeySet
}

function show(verdict: Verdict | 'busy' | null): void {
  render(view({ verdict, strings, language, submit, choose }), main)
}

function submit(event: SubmitEvent): void {
  event.preventDefault()
  void verify(field().value)
}

function choose(event: Event): void {
  readFile((event.target as HTMLInputElement).files)
}

function readFile(files: FileList | null | undefined): void {
  void files?.[0]?.slice(0, MAX_BYTES).text().then(verify)
}

function field(): HTMLTextAreaElement {
  return main.querySelector<HTMLTextAreaElement>('#receipt')!
}

function readAddress(): void {
  const receipt = new URLSearchParams(location.hash.slice(1)).get('receipt')
  if (receipt !== null) void verify(receipt)
}

document.documentElement.lang = language
document.title = strings.title
show(null)
readAddress()
window.addEventListener('hashchange', readAddress)
window.addEventListener('dragover', (event) => event.preventDefault())
window.addEventListener('drop', (event) => {
  event.preventDefault()
  readFile(event.dataTransfer?.files)
})
