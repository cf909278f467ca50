import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { runTogether } from '../../../src/adapters/ansible/run-together.ts'
import { writeFiles } from '../../../src/adapters/ansible/write-files.ts'
import { removeFolder } from '../../support/remove-folder.ts'
import { until } from '../../support/until.ts'

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'multiarch-'))
  onTestFinished(() => removeFolder(path))
  return path
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

const env = { PATH: process.env['PATH'] }

/** A program that leaves another one behind it, tells its id, and goes on for the time given. */
function withChild(cwd: string, seconds: number): readonly string[] {
  const script = join(cwd, 'x.py')
  const child = "subprocess.Popen(['sleep', '300'])"
  writeFileSync(script, `import subprocess, time\nprint(${child}.pid, flush=True)\ntime.sleep(${seconds})\n`)
  return [script]
}

test.each([
  ['that is over its time', 600, 1500, true],
  ['that ends and leaves somebody behind', 0, 60_000, false],
])('a program %s ends with all that it started', async (_, seconds, limit, timedOut) => {
  const cwd = folder()
  const ran = await runTogether('python3', withChild(cwd, seconds), { cwd, env, limit })
  expect(ran.timedOut).toBe(timedOut)
  const child = Number(ran.out.trim())
  expect(child).toBeGreaterThan(1)
  await until(() => !isRunning(child))
})

test('nothing listens to signals when it is over', async () => {
  const before = process.listenerCount('SIGTERM')
  await runTogether('true', [], { cwd: folder(), env, limit: 10_000 })
  await expect(runTogether('no-such-program', [], { cwd: folder(), env, limit: 10_000 })).rejects.toThrow(
    'ENOENT',
  )
  expect(process.listenerCount('SIGTERM')).toBe(before)
})

test('arguments pass no shell', async () => {
  const ran = await runTogether('printf', ['%s', '$(id); `id` -e'], { cwd: folder(), env, limit: 10_000 })
  expect(ran.out).toBe('$(id); `id` -e')
})

test('no file is written outside of the folder, and none can be run', async () => {
  const path = folder()
  await expect(writeFiles(path, new Map([['../x', new Uint8Array()]]))).rejects.toThrow('outside')
  await writeFiles(path, new Map([['-a b/$(x)', new TextEncoder().encode('#!/bin/sh\n')]]))
  await expect(runTogether(join(path, '-a b/$(x)'), [], { cwd: path, env, limit: 10_000 })).rejects.toThrow(
    'EACCES',
  )
})
