import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { addAudit } from '../../src/entry/command-audit.ts'
import { demoWorld } from '../support/demo.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

async function run(...args: readonly string[]): Promise<{ code: number; out: string }> {
  let code = 0
  let out = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text)
    return true
  })
  const program = new Command('multiarch').exitOverride()
  addAudit(program, (value) => (code = value))
  await program.parseAsync(['node', 'multiarch', 'audit', ...args])
  return { code, out }
}

describe('multiarch audit', () => {
  test('prints each finding at its line, and ends with 3 where something would fail', async () => {
    const { path } = await demoWorld()
    const { code, out } = await run(path, '--rev', 'v2.8.0', '--architectures', 'amd64,aarch64,armhf')
    expect(out).toContain('For amd64, arm64, arm with inventory/sample')
    expect(out).toMatch(/^error {4}roles\/download\/defaults\/main\.yml:\d+$/m)
    expect(code).toBe(3)
  })
  test('prints JSON with a schema', async () => {
    const { path } = await demoWorld()
    const { out } = await run(path, '--rev', 'v2.8.0', '--json')
    expect(JSON.parse(out)).toMatchObject({
      schema: 1,
      architectures: ['amd64', 'arm64'],
      inventories: ['inventory/sample'],
    })
  })
  test('--fix writes the branch and says what is left', async () => {
    const world = await demoWorld()
    const { out } = await run(world.path, '--fix', '--architectures', 'amd64,arm64,arm')
    expect(out).toContain('I wrote branch `multiarch/audit`')
    expect(world.git('log', '-1', '--format=%cn', 'multiarch/audit')).toBe('kubespray-multiarch')
  })
  test('--report writes Markdown', async () => {
    const { path } = await demoWorld()
    const file = join(path, 'audit.md')
    await run(path, '--rev', 'v2.8.0', '--report', file)
    expect(readFileSync(file, 'utf8')).toMatch(/^# Audit\n\nFor `amd64`, `arm64`/)
  })
  test('an unknown architecture gets the nearest one', async () => {
    const { path } = await demoWorld()
    await expect(run(path, '--architectures', 'aarch46')).rejects.toThrow('Did you mean `aarch64`?')
  })
})
