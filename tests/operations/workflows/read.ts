import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parse } from 'yaml'

export interface Step {
  readonly id?: string
  readonly uses?: string
  readonly run?: string
  readonly with?: Readonly<Record<string, unknown>>
  readonly env?: Readonly<Record<string, string>>
}

export interface Job {
  readonly needs?: string | readonly string[]
  readonly if?: string
  readonly uses?: string
  readonly with?: Readonly<Record<string, unknown>>
  readonly secrets?: unknown
  readonly env?: Readonly<Record<string, string>>
  readonly permissions?: Readonly<Record<string, string>>
  readonly 'timeout-minutes'?: number
  readonly environment?: string
  readonly concurrency?: { readonly group: string; readonly 'cancel-in-progress': boolean }
  readonly strategy?: { readonly matrix: { readonly project: readonly string[] } }
  readonly steps?: readonly Step[]
}

export interface Workflow {
  readonly text: string
  readonly on: Readonly<Record<string, unknown>>
  readonly permissions: unknown
  readonly jobs: Readonly<Record<string, Job>>
}

/** The workflows by their file's name, as text. */
export function readWorkflows(): Record<string, string> {
  const files = globSync('.github/workflows/*.{yml,yaml}')
  return Object.fromEntries(files.map((file) => [basename(file), readFileSync(file, 'utf8')]))
}

export function parseWorkflow(text: string): Workflow {
  return { ...(parse(text) as Omit<Workflow, 'text'>), text }
}

export interface Place<T> {
  /** Such as deploy.yml promote */
  readonly where: string
  readonly workflow: Workflow
  readonly job: Job
  readonly it: T
}

export function jobsOf(workflows: Readonly<Record<string, Workflow>>): Place<Job>[] {
  return Object.entries(workflows).flatMap(([file, workflow]) =>
    Object.entries(workflow.jobs).map(([name, job]) => ({ where: `${file} ${name}`, workflow, job, it: job })),
  )
}

export function stepsOf(workflows: Readonly<Record<string, Workflow>>): Place<Step>[] {
  return jobsOf(workflows).flatMap((place) => (place.job.steps ?? []).map((it) => ({ ...place, it })))
}

export function needsOf({ needs = [] }: Job): readonly string[] {
  return typeof needs === 'string' ? [needs] : needs
}

/** Every job of a workflow that has passed before one of them starts. */
export function before({ jobs }: Workflow, name: string): Set<string> {
  const needs = jobs[name] === undefined ? [] : needsOf(jobs[name])
  return new Set(needs.flatMap((need) => [need, ...before({ jobs } as Workflow, need)]))
}
