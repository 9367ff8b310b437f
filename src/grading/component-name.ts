/** The name of a type's or a method's schema in the API's description: single-choice, Question → SingleChoiceQuestion. */
export function componentName(name: string, suffix: string): string {
  const words = name.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1))
  return words.join('') + suffix
}
