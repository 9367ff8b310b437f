import { globSync, readFileSync } from 'node:fs'
import { BlockList, isIPv6 } from 'node:net'
import { describe, expect, it } from 'vitest'
import { isPublic } from '../../src/hosts/vetted-fetch.ts'
import { pairsOf, readStages, wordsOf, instructionsOf } from './support/dockerfile.ts'
import { objectionsTo } from './support/kubernetes-schemas.ts'
import { CANNOT_RENDER, fits, type Manifest, only, OVERLAYS, podsOf, render } from './support/manifests.ts'

const image = readStages().at(-1)!
/** The root key, the keys that sign, and what leads to the database: never in a ConfigMap, never as a value. */
const SECRETS = ['ADMIN_KEY', 'SIGNING_KEYS', 'DATABASE_URL', 'DATABASE_AUTH_TOKEN']
/** How long the host takes at most to end behind DRAIN_SECONDS. */
const ENDS_WITHIN_SECONDS = 25

const serverOf = (objects: readonly Manifest[]) => only(objects, 'Deployment').spec.template.spec.containers[0]
const patience = ({ periodSeconds, failureThreshold }: any) => periodSeconds * failureThreshold
const configOf = (objects: readonly Manifest[]) => only(objects, 'ConfigMap').data!

describe.skipIf(CANNOT_RENDER).each(OVERLAYS)('the overlay %s', (overlay) => {
  it('is what the schemas of Kubernetes admit, without a field that they do not know', () => {
    const objections = render(overlay).flatMap((object) =>
      objectionsTo(object).map((text) => `${object.kind}: ${text}`),
    )
    expect(objections).toEqual([])
  })

  it('stands in one namespace, and gives nobody a token for the API server', () => {
    const objects = render(overlay)
    expect(new Set(objects.map(({ metadata }) => metadata.namespace))).toEqual(new Set(['answerkey']))
    const accounts = [only(objects, 'ServiceAccount'), ...podsOf(objects).map(({ spec }) => spec)]
    expect(accounts.map(({ automountServiceAccountToken }) => automountServiceAccountToken)).toEqual([
      false,
      false,
      false,
    ])
    expect(podsOf(objects).map(({ spec }) => spec.serviceAccountName)).toEqual(['answerkey', 'answerkey'])
  })

  it('runs every container as nobody, with nothing to write to and no rights, and bounds what it takes', () => {
    const [user, group] = wordsOf(instructionsOf(image, 'USER').at(-1))[0]!.split(':').map(Number)
    for (const { spec } of podsOf(render(overlay))) {
      expect(spec.securityContext).toMatchObject({
        runAsNonRoot: true,
        runAsUser: user,
        runAsGroup: group,
        seccompProfile: { type: 'RuntimeDefault' },
      })
      expect(spec.initContainers).toBeUndefined()
      for (const { securityContext, resources } of spec.containers) {
        expect(securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        })
        for (const { cpu, memory } of [resources.requests, resources.limits]) {
          expect([cpu, memory]).toEqual([expect.stringMatching(/^\d+m?$/), expect.stringMatching(/^\d+Mi$/)])
        }
        expect(Number.parseInt(resources.limits.memory)).toBeGreaterThan(Number.parseInt(resources.requests.memory))
      }
    }
  })

  it('runs the image of one commit everywhere, and says which', () => {
    const objects = render(overlay)
    const images = podsOf(objects).flatMap(({ spec }) =>
      spec.containers.map((container: any) => container.image as string),
    )
    expect(images).toHaveLength(2)
    expect(new Set(images).size).toBe(1)
    const [, sha] = images[0]!.match(/^ghcr\.io\/OWNER\/answerkey:([0-9a-f]{40})$/)!
    const version = { 'app.kubernetes.io/version': sha }
    expect(only(objects, 'Deployment').spec.template.metadata.labels).toMatchObject(version)
    expect(only(objects, 'Deployment').spec.selector.matchLabels).not.toHaveProperty('app.kubernetes.io/version')
    const kustomization = readFileSync(`deploy/kubernetes/overlays/${overlay}/kustomization.yaml`, 'utf8')
    expect(kustomization.match(/^ {4}newTag: '[0-9a-f]{40}'$/gm)).toHaveLength(1)
  })

  it('asks whether it lives without the database, and whether it is ready with it', () => {
    const { startupProbe, livenessProbe, readinessProbe, ports } = serverOf(render(overlay))
    const asks = [startupProbe, livenessProbe, readinessProbe].map(({ httpGet }) => httpGet)
    const port = 'http'
    expect(asks).toEqual([
      { path: '/healthz', port },
      { path: '/healthz', port },
      { path: '/readyz', port },
    ])
    const exposed = wordsOf(instructionsOf(image, 'EXPOSE')[0]).map(Number)
    expect(ports.map((each: any) => [each.name, each.containerPort])).toEqual([
      ['http', exposed[0]],
      ['metrics', exposed[1]],
    ])
    // A pod that is not ready costs nothing, a restart costs every request in flight.
    expect(patience(readinessProbe)).toBeLessThan(patience(livenessProbe))
  })

  it('gives a pod the time that it takes to drain and to end', () => {
    const objects = render(overlay)
    const drains = Number(configOf(objects)['DRAIN_SECONDS'])
    expect(drains).toBeGreaterThan(0)
    const { terminationGracePeriodSeconds } = only(objects, 'Deployment').spec.template.spec
    expect(terminationGracePeriodSeconds).toBeGreaterThan(drains + ENDS_WITHIN_SECONDS)
  })

  it('sets no variable that the host does not read, and all that it needs', () => {
    const objects = render(overlay)
    const sources = globSync(['src/config.ts', 'src/hosts/**/*.ts', 'src/telemetry/**/*.ts'])
    const read = new Set(
      sources.flatMap((file) => readFileSync(file, 'utf8').match(/(?<=')[A-Z][A-Z0-9_]+(?=')/g) ?? []),
    )
    const named = serverOf(objects).env.map(({ name }: any) => name as string)
    const set = [...Object.keys(configOf(objects)), ...named]
    expect(set.filter((name) => !read.has(name))).toEqual([])
    expect(set).toEqual(
      expect.arrayContaining(['PUBLIC_URL', 'ADMIN_KEY', 'SIGNING_KEYS', 'METRICS_PORT', 'DRAIN_SECONDS']),
    )
    expect(new Set(set).size).toBe(set.length)
    // The image itself says which commit it is, and where its data are.
    expect(set.filter((name) => name in pairsOf(image, 'ENV'))).toEqual([])
    expect(serverOf(objects).envFrom).toEqual([{ configMapRef: { name: only(objects, 'ConfigMap').metadata.name } }])
    // A change of the configuration is another name, and so a change of the pods.
    expect(only(objects, 'ConfigMap').metadata.name).toMatch(/^answerkey-\w{10}$/)
    expect(configOf(objects)['METRICS_PORT']).toBe('9464')
  })

  it('takes secrets by reference, and holds none', () => {
    const objects = render(overlay)
    expect(objects.filter(({ kind }) => kind === 'Secret')).toEqual([])
    expect(Object.keys(configOf(objects)).filter((name) => SECRETS.includes(name))).toEqual([])
    for (const { spec } of podsOf(objects)) {
      for (const { name, ...source } of spec.containers[0].env) {
        expect(SECRETS).toContain(name)
        expect(source).toMatchObject({ valueFrom: { secretKeyRef: { name: 'answerkey', key: name } } })
        expect(source).not.toHaveProperty('value')
      }
    }
  })

  it('selects the pods that it means', () => {
    const objects = render(overlay)
    const deployment = only(objects, 'Deployment')
    expect(fits(deployment.spec.selector.matchLabels, deployment.spec.template.metadata.labels)).toBe(true)
    const pods = podsOf(objects)
    const [server, publisher] = [
      pods.find(({ maker }) => maker === 'Deployment answerkey')!,
      pods.find(({ maker }) => maker.startsWith('Job'))!,
    ]
    const chosenBy = (selector: any) =>
      [server, publisher].filter(({ labels }) => fits(selector, labels)).map(({ maker }) => maker)
    for (const service of objects.filter(({ kind }) => kind === 'Service')) {
      expect(chosenBy(service.spec.selector)).toEqual([server.maker])
      const names = serverOf(objects).ports.map(({ name }: any) => name)
      for (const { targetPort } of service.spec.ports) expect(names).toContain(targetPort)
    }
    expect(chosenBy(only(objects, 'NetworkPolicy', 'answerkey').spec.podSelector.matchLabels)).toEqual([server.maker])
    expect(chosenBy(only(objects, 'NetworkPolicy', 'answerkey-publish').spec.podSelector.matchLabels)).toEqual([
      publisher.maker,
    ])
  })

  it('opens the API to all, metrics to the monitoring, and what publishes to nobody', () => {
    const [server, publisher] = policiesOf(overlay)
    const monitoring = [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }]
    expect(server.ingress).toEqual([
      { ports: [{ port: 'http', protocol: 'TCP' }] },
      { from: monitoring, ports: [{ port: 'metrics', protocol: 'TCP' }] },
    ])
    expect(publisher.ingress).toBeUndefined()
    expect([server.policyTypes, publisher.policyTypes]).toEqual([
      ['Ingress', 'Egress'],
      ['Ingress', 'Egress'],
    ])
  })

  it('lets out to DNS and to public addresses, to none that the host itself would not send to', () => {
    const [server, publisher] = policiesOf(overlay)
    for (const { egress } of [server, publisher]) {
      expect(egress[0].to[0].podSelector.matchLabels).toEqual({ 'k8s-app': 'kube-dns' })
      expect(egress[0].ports).toEqual([
        { port: 53, protocol: 'UDP' },
        { port: 53, protocol: 'TCP' },
      ])
      // A rule without "to", or without "ports", is a rule for all.
      for (const rule of egress)
        expect([rule.to.length, rule.ports.length]).toEqual([expect.any(Number), expect.any(Number)])
    }
    const blocks = server.egress.flatMap((rule: any) =>
      rule.to.flatMap(({ ipBlock }: any) => (ipBlock ? [{ ipBlock, ports: rule.ports }] : [])),
    )
    expect(blocks.map(({ ports }: any) => ports)).toEqual([
      [{ port: 443, protocol: 'TCP' }],
      [{ port: 443, protocol: 'TCP' }],
    ])
    const reaches = reachOf(blocks.map(({ ipBlock }: any) => ipBlock))
    const addresses = ADDRESSES.map((address) => ({ address, reached: reaches(address) }))
    expect(addresses).toEqual(ADDRESSES.map((address) => ({ address, reached: isPublic(address) })))
    expect(addresses.filter(({ reached }) => reached).length).toBeGreaterThan(5)
  })

  function policiesOf(name: typeof overlay): [server: any, publisher: any] {
    const spec = (policy: string) => only(render(name), 'NetworkPolicy', policy).spec
    return [spec('answerkey'), spec('answerkey-publish')]
  }
})

/** The edges of every block that is not public, and addresses that are. */
const ADDRESSES = `
  0.0.0.1 1.1.1.1 9.255.255.255 10.0.0.1 10.255.255.255 11.0.0.0 100.64.0.1 100.128.0.0 127.0.0.1 168.63.129.16
  169.254.169.254 172.15.255.255 172.16.0.1 172.31.255.255 172.32.0.0 192.0.0.170 192.0.2.1 192.31.196.1
  192.52.193.1 192.88.99.1 192.168.255.255 192.175.48.1 198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1
  224.0.0.1 240.0.0.1 255.255.255.255 ::1 fd00:ec2::254 fe80::1 ff02::1 64:ff9b::a9fe:a9fe 2001::1 2001:db8::1
  2002:a9fe:a9fe::1 2606:4700::1111 3fff::1 2a00:1450::1 ::ffff:10.0.0.1
`
  .trim()
  .split(/\s+/)

function reachOf(blocks: readonly { cidr: string; except: readonly string[] }[]): (address: string) => boolean {
  const lists = blocks.map(({ cidr, except }) => ({ within: listOf([cidr]), without: listOf(except) }))
  return (address) => {
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    return lists.some(({ within, without }) => within.check(address, family) && !without.check(address, family))
  }
}

function listOf(nets: readonly string[]): BlockList {
  const list = new BlockList()
  for (const net of nets) {
    const [address, prefix] = net.split('/')
    list.addSubnet(address!, Number(prefix), isIPv6(address!) ? 'ipv6' : 'ipv4')
  }
  return list
}
