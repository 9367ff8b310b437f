import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseWorkflow, readWorkflows, stepsOf } from './workflows/read.ts'

const page = readFileSync('docs/delivery.md', 'utf8')
const workflows = Object.fromEntries(Object.entries(readWorkflows()).map(([file, text]) => [file, parseWorkflow(text)]))
const texts = Object.values(workflows)
  .map(({ text }) => text)
  .join('\n')

const codesOf = (text: string) => new Set([...text.matchAll(/`([^`]+)`/g)].map(([, code]) => code!))
const needed = codesOf(page.slice(page.indexOf('## What it needs'), page.indexOf('Nothing else is a secret')))
const named = (pattern: RegExp) => new Set([...texts.matchAll(pattern)].map(([, name]) => name!))

describe('docs/delivery.md', () => {
  it('names every secret, variable and environment that the workflows take', () => {
    const secrets = named(/secrets\.(\w+)/g).difference(new Set(['GITHUB_TOKEN']))
    const variables = named(/vars\.(\w+)/g)
    const environments = named(/^ +environment: (\w+)$/gm)
    expect([secrets.size, variables.size, environments.size]).toEqual([5, 2, 2])
    for (const name of [...secrets, ...variables, ...environments]) expect(needed).toContain(name)
  })

  it('requires every gate before a merge', () => {
    const { jobs } = workflows['gates.yml']!
    const checks = Object.entries(jobs).flatMap(
      ([name, { strategy }]) => strategy?.matrix.project.map((project) => `${name} (${project})`) ?? [name],
    )
    for (const check of checks) expect(needed).toContain(check)
  })

  it('lists the steps that there are', () => {
    const steps = [...page.matchAll(/^\| (\w+) \| /gm)].map(([, name]) => name!)
    const jobs = Object.values(workflows).flatMap((workflow) => Object.keys(workflow.jobs))
    const here = new Set(['step', 'what', 'cluster'])
    for (const name of steps.filter((each) => !here.has(each))) expect(jobs).toContain(name)
    for (const name of jobs.filter((each) => !['gates', 'deploy', 'dockerfile'].includes(each))) {
      expect(steps).toContain(name)
    }
  })

  it('allows the actions of those whose actions are used', () => {
    const owners = new Set(stepsOf(workflows).flatMap(({ it: { uses } }) => uses?.split('/')[0] ?? []))
    expect(owners.difference(new Set(['actions']))).toEqual(new Set(['docker', 'anchore', 'hadolint']))
    expect(page.replaceAll('\n', ' ')).toContain("GitHub's own actions and those of docker, anchore and hadolint")
  })

  for (const file of ['docs/delivery.md', 'docs/logs.md']) {
    it(`${file} leads to files that are there`, () => {
      const links = [...readFileSync(file, 'utf8').matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link]) => link!)
      expect(links.length).toBeGreaterThan(3)
      for (const link of links) expect([link, existsSync(join('docs', link))]).toEqual([link, true])
    })
  }
})
