import type { Stop } from '../plan/step.ts'
import { codeSpan } from '../model/code-span.ts'
import type { Surface } from './surface.ts'

/** What would open a way that ends, one sentence each: on a command line a version can simply be told. */
export function opensOn({ code, opens = [], asks, at }: Stop, surface: Surface): readonly string[] {
  const isTerminal = surface === 'terminal'
  const option = '`--kubernetes` with the version that runs.'
  if (code !== 'kubernetes-not-offered') return isTerminal && asks ? [...opens, option] : opens
  if (!at) return [isTerminal ? option : '`kube_version` in the inventory, with the version that runs.']
  const there = `The version that runs in \`kube_version\` (${codeSpan(at.file)}, line ${at.line})`
  return [isTerminal ? `${there}, or \`--kubernetes\` with it.` : `${there}.`]
}
