import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { runCli } from '../src/entry/cli/run-cli.ts'
import { demoClone, gitIn } from '../test/support/demo-clone.ts'
import { removeFolder } from '../test/support/remove-folder.ts'

/**
 * What a whole step of the demo's fork takes when one thing of it is large, beside one twice as large: `npx tsx bench/large.ts [--size 5000]
 * [--shape part of a name]`. Told is what takes more than a second of processor time and more than three times as much for twice as much.
 */
const { values } = parseArgs({
  options: { size: { type: 'string', default: '5000' }, shape: { type: 'string', default: '' } },
})
const NOTICED = 1000
const SUSPECT = 3
const size = Number(values.size)

type Shape = (write: (path: string, text: string) => void, count: number, folder: string) => void

const SHAPES: readonly (readonly [string, Shape])[] = [
  [
    'lines, each another',
    (add, n) =>
      add(
        'README.md',
        rows(n, (i) => `needle-${i} and more`),
      ),
  ],
  [
    'lines, all the same',
    (add, n) =>
      add(
        'README.md',
        rows(n, () => 'the same line again'),
      ),
  ],
  ['lines among upstream’s', among],
  [
    'settings of a role',
    (add, n) =>
      add(
        'roles/download/defaults/main.yml',
        rows(n, (i) => `own_${i}: ${i}`),
      ),
  ],
  [
    'items of a list of a role',
    (add, n) => add('roles/download/defaults/main.yml', `own_list:\n${rows(n, (i) => `  - item ${i}`)}`),
  ],
  [
    'tasks of a role',
    (add, n) =>
      add(
        'roles/download/tasks/main.yml',
        rows(Math.ceil(n / 3), (i) => `- name: task ${i}\n  command: echo ${i}\n  when: own_${i} == 1`),
      ),
  ],
  ['hosts', (add, n) => add('inventory/home/hosts.ini', `[all]\n${hosts(n)}\n[kube-node]\n${names(n)}`)],
  [
    'hosts with an architecture each',
    (add, n) =>
      add(
        'inventory/home/hosts.ini',
        `[all]\n${rows(n, (i) => `node${i} ansible_architecture=${i % 2 ? 'aarch64' : 'x86_64'}`)}\n[kube-node]\n${names(n)}`,
      ),
  ],
  [
    'files of hosts’ variables',
    (add, n) => {
      const count = Math.ceil(n / 10)
      add('inventory/home/hosts.ini', `[all]\n${hosts(count)}\n[kube-node]\n${names(count)}`)
      for (let at = 0; at < count; at++) add(`inventory/home/host_vars/node${at}.yml`, `own: ${at}\n`)
    },
  ],
  [
    'settings of an inventory',
    (add, n) =>
      add(
        'inventory/home/group_vars/all.yml',
        rows(n, (i) => `own_${i}: "{{ own_${i + 1} }}"`),
      ),
  ],
  ['playbooks of one’s own', (add, n) => times(n / 10, (i) => add(`play${i}.yml`, PLAY))],
  ['roles of one’s own', (add, n) => times(n / 10, (i) => add(`roles/own${i}/tasks/main.yml`, TASK))],
  [
    'commits',
    (add, n, folder) =>
      times(n / 50, (i) => {
        add(i % 2 ? 'README.md' : 'roles/download/defaults/main.yml', `# note ${i}\n`)
        commit(folder, `Note ${i}`)
      }),
  ],
  ['files gone', (_, n, folder) => filesGone(n, folder)],
]

const PLAY = '- hosts: kube-node\n  roles:\n    - role: download\n'
const TASK = '- name: own\n  command: echo own\n  when: ansible_architecture == "aarch64"\n'

let slow = 0
await spent(SHAPES[0]?.[1] ?? among, 10)
console.log('| what is large | of | s | twice as much, s | ratio |\n| --- | ---: | ---: | ---: | ---: |')
for (const [title, shape] of SHAPES.filter(([title]) => title.includes(values.shape))) {
  const once = await spent(shape, size)
  const twice = await spent(shape, size * 2)
  const isSlow = twice > NOTICED && twice > once * SUSPECT
  if (isSlow) slow++
  const cells = [title, size, ...[once, twice].map((each) => (each / 1000).toFixed(1))]
  console.log(`| ${cells.join(' | ')} | ${(twice / once).toFixed(1)}${isSlow ? ' **slow**' : ''} |`)
}
process.exitCode = slow > 0 ? 1 : 0

/** Milliseconds of this process's own time. */
async function spent(shape: Shape, count: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'multiarch-large-'))
  const write = process.stdout.write.bind(process.stdout)
  try {
    cpSync(await demoClone(), folder, { recursive: true, preserveTimestamps: true })
    const add = (path: string, text: string) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      appendFileSync(join(folder, path), text)
    }
    shape(add, count, folder)
    commit(folder, 'Something large')
    process.stdout.write = () => true
    const before = process.cpuUsage()
    const code = await runCli(['node', 'multiarch', 'upgrade', folder, '--quiet'])
    const { user } = process.cpuUsage(before)
    process.stdout.write = write
    if (code !== 0 && code !== 3) throw new Error(`the step ended with ${code}`)
    return user / 1000
  } finally {
    process.stdout.write = write
    removeFolder(folder)
  }
}

function commit(folder: string, message: string): void {
  gitIn(folder, 'add', '-A')
  gitIn(folder, 'commit', '--quiet', '--allow-empty', '-m', message)
}

function rows(count: number, row: (at: number) => string): string {
  return Array.from({ length: count }, (_, at) => `${row(at)}\n`).join('')
}

function times(count: number, work: (at: number) => void): void {
  for (let at = 0; at < count; at++) work(at)
}

function hosts(count: number): string {
  return rows(count, (i) => `node${i} ansible_host=10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`)
}

function names(count: number): string {
  return rows(count, (i) => `node${i}`)
}

/** Puts as many lines behind each of upstream's. */
function among(_: unknown, count: number, folder: string): void {
  const path = join(folder, 'README.md')
  const lines = readFileSync(path, 'utf8').split('\n')
  const each = Math.ceil(count / lines.length)
  writeFileSync(path, lines.flatMap((line, at) => [line, rows(each, (i) => `note ${at} ${i}`)]).join('\n'))
}

/** As many lines of upstream's texts, from the first file on, are gone. */
function filesGone(count: number, folder: string): void {
  let left = count
  for (const path of gitIn(folder, 'ls-files', 'roles').split('\n')) {
    if (left <= 0) return
    left -= readFileSync(join(folder, path), 'utf8').split('\n').length
    writeFileSync(join(folder, path), '# mine\n')
  }
}
