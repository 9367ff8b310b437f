import { describe, expect, it } from 'vitest'
import { objectionsTo } from './support/kubernetes-schemas.ts'
import { CANNOT_RENDER, fits, only, OVERLAYS, readManifests, render } from './support/manifests.ts'

describe.skipIf(CANNOT_RENDER)('the embedded overlay', () => {
  it('has one writer on its volume, and the old one ends before the new one begins', () => {
    const { replicas, strategy } = only(render('embedded'), 'Deployment').spec
    expect({ replicas, strategy }).toEqual({ replicas: 1, strategy: { type: 'Recreate' } })
    expect(render('embedded').some(({ kind }) => kind.endsWith('Autoscaler') || kind === 'PodDisruptionBudget')).toBe(
      false,
    )
  })

  it('keeps the data on a volume that the user of the image may write to', () => {
    const claim = only(render('embedded'), 'PersistentVolumeClaim')
    const { containers, volumes, securityContext } = only(render('embedded'), 'Deployment').spec.template.spec
    expect(containers[0].volumeMounts).toEqual([{ name: 'data', mountPath: '/data' }])
    expect(volumes).toEqual([{ name: 'data', persistentVolumeClaim: { claimName: claim.metadata.name } }])
    expect(securityContext.fsGroup).toBe(securityContext.runAsGroup)
    expect(containers[0].env.map(({ name }: any) => name)).not.toContain('DATABASE_URL')
  })

  it('forbids Argo CD to remove the volume, whatever leaves Git', () => {
    const { annotations } = only(render('embedded'), 'PersistentVolumeClaim').metadata
    expect(annotations).toEqual({ 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' })
  })
})

describe.skipIf(CANNOT_RENDER)('the remote overlay', () => {
  it('runs several replicas, and no fewer while it is brought up to date', () => {
    const { replicas, strategy } = only(render('remote'), 'Deployment').spec
    expect(replicas).toBeGreaterThan(1)
    expect(strategy).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } })
  })

  it('stores nothing in the cluster, and takes its database from the secret', () => {
    expect(render('remote').filter(({ kind }) => kind === 'PersistentVolumeClaim')).toEqual([])
    const { containers, volumes } = only(render('remote'), 'Deployment').spec.template.spec
    expect([volumes, containers[0].volumeMounts]).toEqual([undefined, undefined])
    const required = containers[0].env.filter(({ valueFrom }: any) => !valueFrom.secretKeyRef.optional)
    expect(required.map(({ name }: any) => name).toSorted()).toEqual(['ADMIN_KEY', 'DATABASE_URL', 'SIGNING_KEYS'])
  })

  it('spreads its replicas, and lets nodes be emptied one replica at a time', () => {
    const { template } = only(render('remote'), 'Deployment').spec
    const spread = template.spec.topologySpreadConstraints
    expect(spread.map(({ topologyKey }: any) => topologyKey)).toEqual([
      'kubernetes.io/hostname',
      'topology.kubernetes.io/zone',
    ])
    const budget = only(render('remote'), 'PodDisruptionBudget').spec
    expect(budget.maxUnavailable).toBe(1)
    for (const { matchLabels } of [budget.selector, ...spread.map(({ labelSelector }: any) => labelSelector)]) {
      expect(fits(matchLabels, template.metadata.labels)).toBe(true)
    }
  })
})

describe.skipIf(CANNOT_RENDER).each(OVERLAYS)('what publishes in the overlay %s', (overlay) => {
  const job = () => only(render(overlay), 'Job', `answerkey-publish-${commit()}`)
  const commit = () => only(render(overlay), 'Deployment').spec.template.metadata.labels['app.kubernetes.io/version']

  it('reaches pods of its own commit that are not ready, for they are not before it has published', () => {
    const service = only(render(overlay), 'Service', 'answerkey-publish').spec
    expect(service).toMatchObject({ clusterIP: 'None', publishNotReadyAddresses: true })
    expect(service.selector['app.kubernetes.io/version']).toBe(commit())
    const { args } = job().spec.template.spec.containers[0]
    // No address of a headless Service translates ports: the name leads to the pods themselves.
    const [{ containerPort }] = only(render(overlay), 'Deployment').spec.template.spec.containers[0].ports
    expect(args).toEqual([
      'src/cli/main.ts',
      'publish',
      'questions',
      '--url',
      `http://answerkey-publish:${containerPort}`,
    ])
    expect(service.ports.map(({ port }: any) => port)).toEqual([containerPort])
    const { egress } = only(render(overlay), 'NetworkPolicy', 'answerkey-publish').spec
    expect(egress[1].ports).toEqual([{ port: containerPort, protocol: 'TCP' }])
    expect(
      fits(egress[1].to[0].podSelector.matchLabels, only(render(overlay), 'Deployment').spec.template.metadata.labels),
    ).toBe(true)
  })

  it('is another Job for another commit, whose pods nothing else of the configuration changes', () => {
    expect(job().metadata.name.length).toBeLessThanOrEqual(63)
    expect(JSON.stringify(job().spec)).not.toContain(only(render(overlay), 'ConfigMap').metadata.name)
    expect(job().spec.ttlSecondsAfterFinished).toBeGreaterThan(0)
    expect(job().spec.template.spec.restartPolicy).toBe('Never')
  })

  it('has tries enough for pods that take minutes to start, and an end', () => {
    const { backoffLimit, activeDeadlineSeconds } = job().spec
    // Waits begin at 10 s, and double up to 6 min.
    const waits = Array.from({ length: backoffLimit }, (_, index) => Math.min(10 * 2 ** index, 360))
    const total = waits.reduce((sum, wait) => sum + wait, 0)
    expect(total).toBeGreaterThan(300)
    expect(activeDeadlineSeconds).toBeGreaterThan(total)
  })

  it('is run by Argo CD with the Deployment, not after it is healthy', () => {
    const { annotations } = job().metadata
    expect(annotations).toMatchObject({
      'argocd.argoproj.io/hook': 'Sync',
      'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
    })
    const waves = render(overlay).map(({ metadata }) => metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? '0')
    expect(new Set(waves)).toEqual(new Set(['0']))
  })
})

describe('Argo CD', () => {
  const project = only(readManifests('deploy/argocd/project.yaml'), 'AppProject')
  const applications = OVERLAYS.map((name) => ({
    name,
    application: only(readManifests(`deploy/argocd/${name}.yaml`), 'Application'),
  }))

  it('is told what its own schemas admit', () => {
    expect([project, ...applications.map(({ application }) => application)].flatMap(objectionsTo)).toEqual([])
  })

  it.each(applications)(
    'watches the overlay $name, mends what was changed by hand, and removes what left Git',
    ({ name, application }) => {
      const { source, destination, syncPolicy } = application.spec
      expect(source).toEqual({
        repoURL: project.spec.sourceRepos[0],
        targetRevision: 'production',
        path: `deploy/kubernetes/overlays/${name}`,
      })
      expect(project.spec.destinations).toEqual([destination])
      expect(application.spec.project).toBe(project.metadata.name)
      expect(syncPolicy.automated).toEqual({ selfHeal: true, prune: true, allowEmpty: false })
      // With a finalizer a deleted application would take the quiz with it.
      expect(application.metadata.finalizers).toBeUndefined()
    },
  )

  it.skipIf(CANNOT_RENDER)('may make the kinds that the overlays have, and no other', () => {
    const kinds = OVERLAYS.flatMap((overlay) => render(overlay)).map(
      ({ apiVersion, kind }) => `${apiVersion.split('/').at(-2) ?? ''}/${kind}`,
    )
    const may = project.spec.namespaceResourceWhitelist.map(({ group, kind }: any) => `${group}/${kind}`)
    expect(may.toSorted()).toEqual([...new Set(kinds)].toSorted())
    expect(project.spec.clusterResourceWhitelist).toEqual([])
    expect([...project.spec.sourceRepos, ...may].join()).not.toContain('*')
  })
})
