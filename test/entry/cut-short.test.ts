import { execFile, execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, statfsSync, writeFileSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { bundledCli } from '../support/bundled-cli.ts'
import { demoWorld, type World } from '../support/demo.ts'
import { gitIn } from '../support/demo-clone.ts'
import { randomBy } from '../support/random.ts'
import { removeFolder } from '../support/remove-folder.ts'
import { multiarch } from '../support/run-multiarch.ts'
import { commitFile } from '../support/step.ts'

const BRANCH = 'multiarch/kubespray-2.9.0'

let cli: Awaited<ReturnType<typeof bundledCli>>
beforeAll(async () => {
  cli = await bundledCli()
})
afterAll(() => cli.remove())

interface Ended {
  readonly code: number | null
  readonly signal: string | null
  readonly err: string
}

/** The command line as a process of its own, with programs of ours before all others on its path. */
function run(args: readonly string[], programs?: string): Promise<Ended> {
  const path = process.env['PATH'] ?? ''
  const env = { ...process.env, PATH: programs === undefined ? path : `${programs}:${path}` }
  return new Promise((done) => {
    const child = execFile(process.execPath, [cli.path, ...args], { env }, (_, __, err) =>
      done({ code: child.exitCode, signal: child.signalCode, err }),
    )
  })
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'multiarch-cut-'))
  onTestFinished(() => removeFolder(folder))
  return folder
}

/** The commit of a step that nobody cut short. */
async function undisturbed(): Promise<string> {
  const world = await demoWorld()
  expect((await multiarch('upgrade', world.path)).code).toBe(0)
  return world.git('rev-parse', BRANCH)
}

/** Whole: git finds nothing missing or broken. What nothing leads to is no fault. */
function expectSound(path: string): void {
  expect(gitIn(path, 'fsck', '--full', '--no-dangling')).toBe('')
}

const BYTES = 200 + randomBy(21).below(8000)

/** A moment of writing, as what a git does that kills whoever started it. */
const MOMENTS: readonly (readonly [string, 'unpack-objects' | 'update-ref', string])[] = [
  ['before the first object', 'unpack-objects', 'kill -9 $PPID'],
  [`after ${BYTES} bytes of the objects`, 'unpack-objects', `head -c ${BYTES} | "$real" "$@"; kill -9 $PPID`],
  ['when all objects are written', 'unpack-objects', '"$real" "$@"; kill -9 $PPID'],
  ['before the branch is made', 'update-ref', 'kill -9 $PPID'],
  ['when the branch is made', 'update-ref', '"$real" "$@"; kill -9 $PPID'],
]

test.each(MOMENTS)(
  'killed %s: the clone is sound, the branch whole or not there, and the next run makes what an undisturbed one makes',
  async (_, command, act) => {
    const whole = await undisturbed()
    const world = await demoWorld()
    const programs = temporaryFolder()
    const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim()
    const script = `#!/bin/sh\nreal=${real}\ncase " $* " in *" ${command} "*) ${act}; exit 1;; esac\nexec "$real" "$@"\n`
    writeFileSync(join(programs, 'git'), script)
    chmodSync(join(programs, 'git'), 0o755)
    expect((await run(['upgrade', world.path], programs)).signal).toBe('SIGKILL')
    expectSound(world.path)
    expect(['', whole]).toContain(world.git('for-each-ref', '--format=%(objectname)', `refs/heads/${BRANCH}`))
    expect((await multiarch('upgrade', world.path)).code).toBe(0)
    expect(world.git('rev-parse', BRANCH)).toBe(whole)
    expect(world.git('for-each-ref', '--format=%(refname)', 'refs/heads')).toBe(
      `refs/heads/main\nrefs/heads/${BRANCH}`,
    )
  },
)

test('two upgrades at once: both end, there is one branch and it is whole, and whoever was second says so or finds it done', async () => {
  const [world, whole] = [await demoWorld(), await undisturbed()]
  const ended = await Promise.all([run(['upgrade', world.path]), run(['upgrade', world.path])])
  for (const { code, err } of ended) {
    expect([0, 2]).toContain(code)
    expect(err).toMatch(code === 0 ? /^$/ : /^multiarch: (?:The branch|Another git is at work)/)
  }
  expect(ended.some(({ code }) => code === 0)).toBe(true)
  expectSound(world.path)
  expect(world.git('rev-parse', BRANCH)).toBe(whole)
})

test('an upgrade beside the end of a settling: what a person settled is on the branch, or still in its folder', async () => {
  const world = await demoWorld()
  world.git('config', 'user.name', 'Ada')
  world.git('config', 'user.email', 'ada@example.org')
  const own = world.git('show', 'v2.8.0:README.md').split('\n').slice(0, -1).join('\n')
  commitFile(world, 'README.md', `${own}\nStart it with make, from the bastion only.\n`, 'Say where to start')
  expect((await multiarch('upgrade', world.path)).code).toBe(3)
  const folder = join(temporaryFolder(), 'settle')
  expect((await multiarch('settle', world.path, '--into', folder)).code).toBe(3)
  writeFileSync(join(folder, 'README.md'), 'Settled by hand.\n')
  commitFile(world, 'inventory/homelab/notes.md', 'Two boards.\n', 'Note the boards')
  const [settled] = await Promise.all([
    run(['settle', world.path, '--continue']),
    run(['upgrade', world.path]),
  ])
  expectSound(world.path)
  if (settled.code === 0) expect(world.git('show', `${BRANCH}:README.md`)).toBe('Settled by hand.')
  else {
    expect(settled.code).toBe(2)
    expect(settled.err).toMatch(/has moved since you began|at work/)
    expect(gitIn(folder, 'status', '--porcelain')).not.toBe('')
  }
})

const mounts = process.platform === 'linux' && process.getuid?.() === 0 && canMount()

function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'multiarch-mount-'))
  try {
    mount(folder)
    execFileSync('umount', [folder])
    return true
  } catch {
    return false
  } finally {
    removeFolder(folder)
  }
}

function mount(folder: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', folder], { stdio: 'pipe' })
}

/** A clone on a disk of its own, with room for so many pages. */
async function onSmallDisk(from: World, pages: number): Promise<string> {
  const disk = temporaryFolder()
  mount(disk)
  onTestFinished(() => void execFileSync('umount', ['--lazy', disk]))
  const path = join(disk, 'clone')
  await cp(from.path, path, { recursive: true })
  const { bsize, bavail } = statfsSync(disk)
  writeFileSync(join(disk, 'fill'), Buffer.alloc(Math.max(0, bavail - pages) * bsize))
  return path
}

describe.skipIf(!mounts)('a full disk (needs root, to mount a small one)', () => {
  test.each([0, 3, 12])(
    'room for %i pages: exit 2, one sentence, no branch, the clone sound, and with room the step is made',
    async (pages) => {
      const path = await onSmallDisk(await demoWorld(), pages)
      const { code, err } = await run(['upgrade', path])
      expect(err).toMatch(/^multiarch: The disk is full \(.*\n$/)
      expect(err).toContain('No branch was moved.')
      expect(code).toBe(2)
      expect(gitIn(path, 'for-each-ref', '--format=%(refname)', 'refs/heads')).toBe('refs/heads/main')
      expectSound(path)
      writeFileSync(join(dirname(path), 'fill'), '')
      expect((await multiarch('upgrade', path)).code).toBe(0)
      expect(gitIn(path, 'rev-parse', BRANCH)).toBe(await undisturbed())
    },
  )
})

test('a limit on the size of files: exit 2, one sentence with what ended git, no branch moved', async () => {
  const world = await demoWorld()
  const started = `ulimit -f 1; exec "$0" "$@"`
  const ended = await new Promise<Ended>((done) => {
    const child = execFile(
      'sh',
      ['-c', started, process.execPath, cli.path, 'upgrade', world.path],
      (_, __, err) => done({ code: child.exitCode, signal: child.signalCode, err }),
    )
  })
  expect(ended.err).toMatch(/^multiarch: .*(?:SIGXFSZ|File too large).*No branch was moved\.[^\n]*\n$/)
  expect(ended.code).toBe(2)
  expect(world.git('for-each-ref', '--format=%(refname)', 'refs/heads')).toBe('refs/heads/main')
  expectSound(world.path)
})
