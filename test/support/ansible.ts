import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { removeFolder } from './remove-folder.ts'

/** Why a test with Ansible cannot run here; `undefined` where it can, or has to (in CI). */
export function ansibleMissing(): string | undefined {
  if (process.env['CI'] === 'true') return undefined
  const found = spawnSync('ansible-inventory', ['--version']).status === 0
  return found ? undefined : 'Ansible is not installed: `apt-get install ansible-core` runs these tests'
}

/** What Ansible itself takes for a host's variables, groups' and host's alike; templates and vaults are left as they are. */
export function hostVariables(
  files: ReadonlyMap<string, string>,
  hostFile: string,
  host: string,
): Record<string, unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'multiarch-ansible-'))
  try {
    for (const [path, text] of files) {
      mkdirSync(join(folder, dirname(path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    const env = { PATH: process.env['PATH'], HOME: folder, LC_ALL: 'C.UTF-8', ANSIBLE_HOME: folder }
    const run = spawnSync('ansible-inventory', ['-i', hostFile, '--host', host], {
      cwd: folder,
      env,
      encoding: 'utf8',
    })
    if (run.status !== 0) throw new Error(`ansible-inventory failed: ${run.stderr}`)
    return JSON.parse(run.stdout) as Record<string, unknown>
  } finally {
    removeFolder(folder)
  }
}
