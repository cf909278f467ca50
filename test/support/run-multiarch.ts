import { expect, vi } from 'vitest'
import { runCli } from '../../src/entry/cli/run-cli.ts'
import type { World } from './demo.ts'
import { oncePerRun } from './once-per-run.ts'

interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Where a command that fetches upstream's history keeps it, so that no other test finds it there. */
export const OWN_CACHE = 'MULTIARCH_TEST_CACHE'

/** Runs one command line in this process, with a cache that is the run's or the test's, and hands back what it printed. */
export async function multiarch(...args: readonly string[]): Promise<Ran> {
  const written = { out: '', err: '' }
  vi.stubEnv('XDG_CACHE_HOME', process.env[OWN_CACHE] ?? (await oncePerRun('cache', async () => {})))
  const out = vi
    .spyOn(process.stdout, 'write')
    .mockImplementation((chunk) => ((written.out += String(chunk)), true))
  const err = vi
    .spyOn(process.stderr, 'write')
    .mockImplementation((chunk) => ((written.err += String(chunk)), true))
  try {
    return { code: await runCli(['node', 'multiarch', ...args]), ...written }
  } finally {
    out.mockRestore()
    err.mockRestore()
    vi.unstubAllEnvs()
  }
}

/** Runs a command line that must be refused in one sentence, and change no ref; hands back that sentence. */
export async function refused(world: World, ...args: readonly string[]): Promise<string> {
  const before = world.git('for-each-ref')
  const { code, out, err } = await multiarch(...args)
  expect(code).toBe(2)
  expect(out).toBe('')
  expect(err.trimEnd().split('\n')).toHaveLength(1)
  expect(world.git('for-each-ref')).toBe(before)
  return err.replace(world.path, '<repo>').trim()
}
