import { readFileSync } from 'node:fs'
import type { Architecture } from '../src/core/model/architecture.ts'
import type { Route } from '../src/core/plan/step.ts'

/** A worked route, for several sets of architectures (`amd64+arm64`, `amd64+arm64 (docker allowed)`). */
export interface Case {
  readonly name: string
  readonly start: { readonly kubespray: string; readonly kube: string }
  readonly target: { readonly kubespray: string; readonly kube: string }
  readonly plans: Readonly<Record<string, Expected>>
}

export interface Expected {
  readonly ok: boolean
  readonly steps?: readonly (readonly [string, string])[]
  readonly reached?: readonly [string, string]
}

export function readCases(file: string): readonly Case[] {
  return (JSON.parse(readFileSync(file, 'utf8')) as { cases: readonly Case[] }).cases
}

/** What the name of a set says about the cluster. */
export function clusterOf(set: string): {
  readonly architectures: readonly Architecture[]
  readonly containerManager: string | undefined
} {
  const architectures = (/^[a-z0-9+]+/.exec(set)?.[0] ?? '').split('+') as Architecture[]
  return { architectures, containerManager: set.includes('docker allowed') ? 'docker' : undefined }
}

/** What is other than expected about a route; `undefined` where nothing is. */
export function differenceOf(route: Route, expected: Expected, { start }: Case): string | undefined {
  const steps = route.steps.map(({ kubespray, kubernetes }) => [kubespray.to, kubernetes.to] as const)
  if (expected.ok !== (route.stopped === undefined))
    return `expected ${expected.ok ? 'a way' : 'a dead end'}; ${route.stopped?.message ?? 'found a way'}`
  if (expected.ok) return compare(expected.steps ?? [], steps)
  return compare([expected.reached ?? []], [steps.at(-1) ?? [start.kubespray, start.kube]])
}

function compare(expected: unknown, found: unknown): string | undefined {
  const [a, b] = [JSON.stringify(expected), JSON.stringify(found)]
  return a === b ? undefined : `expected ${a}, found ${b}`
}
