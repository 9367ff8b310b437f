import { AppProject, Application } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1'
import { Deployment } from 'kubernetes-models/apps/v1'
import { Job } from 'kubernetes-models/batch/v1'
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1'
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1'
import { ConfigMap, PersistentVolumeClaim, Service, ServiceAccount } from 'kubernetes-models/v1'
import type { Manifest } from './manifests.ts'

const KINDS = [
  AppProject,
  Application,
  ConfigMap,
  Deployment,
  Job,
  NetworkPolicy,
  PersistentVolumeClaim,
  PodDisruptionBudget,
  Service,
  ServiceAccount,
]

/**
 * What Kubernetes' own schema objects to in an object, and the fields that it does not know, such as `readinesProbe`, which an
 * API server that is not asked for strictness drops. The schemas are compiled, and tell no list of their fields; but each asks
 * for every field that it knows, and so a field that none has asked for is unknown.
 */
export function objectionsTo(object: Manifest): string[] {
  const Kind = KINDS.find((each) => each.apiVersion === object.apiVersion && each.kind === object.kind)
  if (Kind === undefined) return [`There is no schema for ${object.apiVersion} ${object.kind}.`]
  const asked = new Set<string>()
  try {
    watched(new Kind(object as never), '', asked).validate()
  } catch (error) {
    return [error instanceof Error ? error.message : 'It is not valid.']
  }
  return pathsOf(object).filter((path) => !asked.has(path))
}

function watched<T>(value: T, path: string, asked: Set<string>): T {
  if (typeof value !== 'object' || value === null) return value
  return new Proxy(value, {
    get(target, key) {
      const at = `${path}/${String(key)}`
      asked.add(at)
      return watched(Reflect.get(target, key) as unknown, at, asked)
    },
  })
}

function pathsOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, child]) => [`${path}/${key}`, ...pathsOf(child, `${path}/${key}`)])
}
