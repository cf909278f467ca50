import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { upgrade, type Upgrade, type UpgradeRequest } from '../../src/app/step/upgrade.ts'
import type { GitObjectStore } from '../../src/adapters/git/git-object-store.ts'
import { UPSTREAM, type World } from './demo.ts'

/** Carries out a step and writes its branch; there must be one. */
export async function step(
  store: GitObjectStore,
  options: Pick<UpgradeRequest, 'onto' | 'as' | 'branch'> = {},
): Promise<Upgrade> {
  const done = await upgrade(store, { ...UPSTREAM, write: 'branch', ...options })
  if (done?.kind !== 'upgraded') throw new Error('there was nothing to do')
  return done
}

export function verdicts({ carried }: Upgrade): readonly string[] {
  return carried.patches.map(({ verdict }) => verdict)
}

/** Writes a file and commits it as the fork's owner. */
export function commitFile(world: World, path: string, text: string, message: string): void {
  mkdirSync(dirname(join(world.path, path)), { recursive: true })
  writeFileSync(join(world.path, path), text)
  world.git('add', path)
  world.git('commit', '--quiet', '-m', message)
}
