import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { PlainMap, PlainValue } from '../../src/core/yaml/values/plain-value.ts'
import { PythonNumber } from '../../src/core/yaml/values/python-number.ts'
import type { Files } from './audited.ts'
import { removeFolder } from './remove-folder.ts'

/** What Ansible made of a check on a host; `error`: it could not decide it, and its words. */
interface AnsibleAnswer {
  readonly task: string
  readonly host: string
  readonly answer: 'passes' | 'fails' | 'not-asked' | 'error'
  readonly words: string
}

interface AnsibleQuestion {
  readonly inventory: string
  readonly hosts: readonly string[]
  readonly tasks: readonly PlainMap[]
  /** Defaults and constants of a role, by their paths in it. */
  readonly defaults: Files
}

/**
 * Has Ansible itself run checks on localhost for the hosts of an inventory: nothing but `assert` and `fail`, which no host takes
 * part in, each with its failure ignored, so that all are answered.
 */
export async function askAnsible(
  files: Files,
  { inventory, hosts, tasks, defaults }: AnsibleQuestion,
): Promise<readonly AnsibleAnswer[]> {
  const folder = await mkdtemp(join(tmpdir(), 'ask-ansible-'))
  try {
    const written = tasks.map((task) => ({ ...jsonOf(task), ignore_errors: true }))
    const all: Files = {
      ...files,
      ...Object.fromEntries(Object.entries(defaults).map(([path, text]) => [`roles/ours/${path}`, text])),
      'roles/ours/tasks/main.yml': JSON.stringify(written),
      'ours.yml': '- hosts: all\n  gather_facts: false\n  roles: [ours]\n',
    }
    for (const [path, text] of Object.entries(all)) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), text)
    }
    const { stdout } = await promisify(execFile)(
      'ansible-playbook',
      [
        '-i',
        join(folder, inventory),
        '-l',
        hosts.join(),
        '-e',
        'ansible_connection=local',
        join(folder, 'ours.yml'),
      ],
      {
        cwd: folder,
        maxBuffer: 64_000_000,
        env: { ...process.env, ANSIBLE_NOCOLOR: '1', ANSIBLE_HOME: folder, ANSIBLE_LOCAL_TEMP: folder },
      },
    ).catch((error: { stdout?: string; stderr?: string }) => {
      if (!error.stdout?.includes('PLAY RECAP')) throw new Error(`${error.stdout ?? ''}${error.stderr ?? ''}`)
      return { stdout: error.stdout }
    })
    return answersIn(stdout)
  } finally {
    removeFolder(folder)
  }
}

function answersIn(output: string): readonly AnsibleAnswer[] {
  let task = ''
  const found = new Map<string, AnsibleAnswer>()
  for (const line of output.split('\n')) {
    task = /^TASK \[ours : (.*?)\] \*+$/.exec(line)?.[1] ?? task
    const [, status, host = '', rest = ''] =
      /^(ok|skipping|fatal|failed): \[([^\]]+)\](?:: FAILED!)?(.*)$/.exec(line) ?? []
    if (status === undefined) continue
    const isError = rest.includes('The conditional check') || rest.includes('error while evaluating')
    const failed = isError ? ('error' as const) : ('fails' as const)
    const answer = ({ ok: 'passes', skipping: 'not-asked', fatal: failed, failed } as const)[
      status as 'ok' | 'skipping' | 'fatal' | 'failed'
    ]
    const key = `${task}\0${host}`
    // In a loop one failure is enough, and one item that is asked.
    const known = found.get(key)
    if (!known || WEIGHT[answer] > WEIGHT[known.answer])
      found.set(key, { task, host, answer, words: rest.slice(0, 400) })
  }
  return [...found.values()]
}

const WEIGHT = { 'not-asked': 0, passes: 1, error: 2, fails: 3 }

function jsonOf(task: PlainMap): Record<string, unknown> {
  return plainJson(task) as Record<string, unknown>
}

function plainJson(value: PlainValue): unknown {
  if (value === undefined) return null
  if (value instanceof PythonNumber) return Number(value)
  if (value instanceof Map)
    return Object.fromEntries([...(value as PlainMap)].map(([key, each]) => [key, plainJson(each)]))
  return Array.isArray(value) ? (value as readonly PlainValue[]).map(plainJson) : value
}
