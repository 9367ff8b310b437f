/** What outlives the page: texts by name. */
export interface Memory {
  get(name: string): string | null
  set(name: string, value: string): void
  remove(name: string): void
  /** The names that begin so. */
  names(prefix: string): string[]
}

/** What storage did not take. It is the page's: an element that is moved, or made anew, finds it again. */
const fallback = new Map<string, string>()

/** The browser's storage; where that is full or forbidden, what is set lasts as long as the page. */
export function browserMemory(): Memory {
  return {
    get: (name) =>
      fallback.get(name) ??
      orElse(
        () => localStorage.getItem(name),
        () => null,
      ),
    set(name, value) {
      orElse(
        () => {
          localStorage.setItem(name, value)
          fallback.delete(name)
        },
        () => void fallback.set(name, value),
      )
    },
    remove(name) {
      fallback.delete(name)
      orElse(
        () => localStorage.removeItem(name),
        () => {},
      )
    },
    names: (prefix) =>
      [
        ...fallback.keys(),
        ...orElse(
          () => Object.keys(localStorage),
          () => [],
        ),
      ].filter((name) => name.startsWith(prefix)),
  }
}

function orElse<T>(action: () => T, other: () => T): T {
  try {
    return action()
  } catch {
    return other()
  }
}
