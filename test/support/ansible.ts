import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { removeFolder } from './remove-folder.ts'

/** Why a test with Ansible cannot run here; `undefined` where it can, or has to (in CI). */
export function ansibleMissing(): string | undefined {
  if (process.env['CI'] === 'true') return undefined
  isInstalled ??= spawnSync('ansible-inventory', ['--version']).status === 0
  return isInstalled ? undefined : 'Ansible is not installed: `apt-get install ansible-core` runs these tests'
}

/** Its version takes half a second, and several files ask. */
let isInstalled: boolean | undefined

/** What Ansible itself takes for a host's variables, groups' and host's alike; templates and vaults are left as they are. */
export function hostVariables(
  files: ReadonlyMap<string, string>,
  hostFile: string,
  host: string,
): Record<string, unknown> {
  return askAnsible(files, ['-i', hostFile, '--host', host])
}

/** An inventory as Ansible lists it. */
interface AnsibleList {
  /** Every group's hosts, those of its children among them, sorted; only groups with hosts. */
  readonly groups: ReadonlyMap<string, readonly string[]>
  /** Each host's variables. */
  readonly hosts: ReadonlyMap<string, Readonly<Record<string, unknown>>>
}

/** `ansible-inventory --list` on some hosts, with what a command hands in besides. */
export function listInventory(
  files: ReadonlyMap<string, string>,
  from: string,
  handedIn: readonly string[] = [],
): AnsibleList {
  const raw = askAnsible(files, ['-i', from, '--list', ...handedIn.flatMap((each) => ['-e', each])])
  const { _meta: meta, ...groups } = raw as Record<string, RawGroup> & { _meta: RawMeta }
  const below = (name: string): readonly string[] => {
    const { hosts = [], children = [] } = groups[name] ?? {}
    return [...new Set([...hosts, ...children.flatMap(below)])].sort()
  }
  const listed = Object.keys(groups).map((name) => [name, below(name)] as const)
  const hosts = below('all').map((host) => [host, meta.hostvars[host] ?? {}] as const)
  return { groups: new Map(listed.filter(([, own]) => own.length > 0)), hosts: new Map(hosts) }
}

interface RawGroup {
  readonly hosts?: readonly string[]
  readonly children?: readonly string[]
}

interface RawMeta {
  readonly hostvars: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

function askAnsible(files: ReadonlyMap<string, string>, options: readonly string[]): Record<string, unknown> {
  const folder = mkdtempSync(join(tmpdir(), 'multiarch-ansible-'))
  try {
    for (const [path, text] of files) {
      mkdirSync(join(folder, dirname(path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    const env = { PATH: process.env['PATH'], HOME: folder, LC_ALL: 'C.UTF-8', ANSIBLE_HOME: folder }
    const run = spawnSync('ansible-inventory', options, { cwd: folder, env, encoding: 'utf8' })
    if (run.status !== 0) throw new Error(`ansible-inventory failed: ${run.stderr}`)
    return JSON.parse(run.stdout) as Record<string, unknown>
  } finally {
    removeFolder(folder)
  }
}
