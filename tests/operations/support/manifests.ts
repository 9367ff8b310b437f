import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { parseAllDocuments } from 'yaml'

/** An object of Kubernetes, as far as the tests look into it. */
export interface Manifest {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: { name: string; namespace?: string; labels?: Labels; annotations?: Labels; finalizers?: string[] }
  readonly spec: any
  readonly data?: Record<string, string>
}
export type Labels = Record<string, string>

export const OVERLAYS = ['embedded', 'remote'] as const
export type Overlay = (typeof OVERLAYS)[number]

/** Without kubectl nothing is rendered; where CI is set that is a failure, and not a reason to skip. */
export const CANNOT_RENDER = !process.env['CI'] && spawnSync('kubectl', ['version', '--client']).status !== 0

const rendered = new Map<string, readonly Manifest[]>()

/** The objects of an overlay, as `kubectl apply -k` would send them. */
export function render(overlay: Overlay): readonly Manifest[] {
  const known = rendered.get(overlay)
  if (known) return known
  const { status, stdout, stderr, error } = spawnSync('kubectl', ['kustomize', `deploy/kubernetes/overlays/${overlay}`])
  // What kubectl warns of, such as a field of Kustomize that is no more, is a fault too.
  if (status !== 0 || stderr.length > 0) throw error ?? new Error(String(stderr))
  const objects = parseManifests(String(stdout))
  rendered.set(overlay, objects)
  return objects
}

export function readManifests(file: string): Manifest[] {
  return parseManifests(readFileSync(file, 'utf8'))
}

function parseManifests(text: string): Manifest[] {
  return parseAllDocuments(text).map((document) => document.toJS() as Manifest)
}

export function only(objects: readonly Manifest[], kind: string, name?: string): Manifest {
  const [found, ...more] = objects.filter(
    (each) => each.kind === kind && (name ?? each.metadata.name) === each.metadata.name,
  )
  if (found === undefined || more.length > 0) throw new Error(`There is not one ${kind} ${name ?? ''}.`)
  return found
}

/** The specifications of pods, by what makes them, with the labels that the pods get. */
export function podsOf(objects: readonly Manifest[]): { maker: string; labels: Labels; spec: any }[] {
  return objects.flatMap(({ kind, metadata, spec }) =>
    spec?.template
      ? [{ maker: `${kind} ${metadata.name}`, labels: spec.template.metadata.labels, spec: spec.template.spec }]
      : [],
  )
}

export function fits(selector: Labels, labels: Labels): boolean {
  return Object.entries(selector).every(([name, value]) => labels[name] === value)
}
