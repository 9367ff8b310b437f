/**
 * The text of an overlay's kustomization.yaml with the image of a commit: its tag is the full SHA, which says what it was
 * built from, and its digest says which bytes, since a tag can be moved. Only these two lines change, so that a deployment
 * can be read in its diff; `kustomize edit set image` takes one of the two.
 * Null where the text has not exactly one image, written as expected.
 */
export function withImage(kustomization: string, sha: string, digest: string): string | null {
  const tags = [...kustomization.matchAll(/^( +(?:- )?)newTag: \S+\n(?: +digest: \S+\n)?/gm)]
  const [tag] = tags
  // A digest that stands elsewhere would be left behind, and name other bytes than the tag.
  const digests = kustomization.match(/^ +(?:- )?digest:/gm) ?? []
  if (tag === undefined || tags.length > 1 || digests.length > (tag[0].includes('digest:') ? 1 : 0)) return null
  const indent = tag[1]!
  // In quotes: a SHA may be all digits, or 12e34…, which is a number in YAML.
  return kustomization.replace(tag[0], `${indent}newTag: '${sha}'\n${' '.repeat(indent.length)}digest: ${digest}\n`)
}
