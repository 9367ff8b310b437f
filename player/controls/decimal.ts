const MAX_LENGTH = 64
const MAX_EXPONENT = 308
const DECIMAL = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e([+-]?\d{1,3}))?\s*$/i

/** Whether the server takes a text as a decimal: the same rule, which is public. */
export function isDecimal(text: string, decimalComma = false): boolean {
  if (text.length > MAX_LENGTH) return false
  const match = DECIMAL.exec(decimalComma ? text.replace(',', '.') : text)
  return match !== null && Math.abs(Number(match[1] ?? 0)) <= MAX_EXPONENT
}
