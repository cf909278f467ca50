import { execFile, execFileSync } from 'node:child_process'
import { readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundledCli } from '../support/bundled-cli.ts'
import { demoWorld, type World } from '../support/demo.ts'

let cli: Awaited<ReturnType<typeof bundledCli>>
beforeAll(async () => {
  cli = await bundledCli()
}, 60_000)
afterAll(() => cli.remove())

interface Ended {
  readonly code: number | null
  readonly err: string
}

/** The command line as a process of its own, which has to be gone by itself within half a minute. */
function run(args: readonly string[], options: { readonly uid?: number } = {}): Promise<Ended> {
  const env = {
    ...process.env,
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'safe.directory',
    GIT_CONFIG_VALUE_0: '*',
  }
  return new Promise((done) => {
    const child = execFile(
      process.execPath,
      [cli.path, ...args],
      { env, timeout: 30_000, ...options },
      (_, __, err) => done({ code: child.exitCode, err }),
    )
  })
}

/** What stands in the way of writing, put there the way that life does. */
const TROUBLES: readonly (readonly [string, RegExp, (world: World) => { readonly uid?: number } | void])[] = [
  [
    'objects cannot be written',
    /may not write into this repository/,
    ({ path }) => {
      const objects = join(path, '.git/objects')
      const there = new Set(readdirSync(objects))
      for (let i = 0; i < 256; i++) {
        const name = i.toString(16).padStart(2, '0')
        if (!there.has(name)) writeFileSync(join(objects, name), '')
      }
    },
  ],
  [
    'a lock was left behind',
    /Another git is at work/,
    ({ path, ...world }) => {
      world.git('update-ref', 'refs/heads/multiarch/x', 'main')
      writeFileSync(join(path, '.git/refs/heads/multiarch/kubespray-2.9.0.lock'), '')
    },
  ],
  ['a blob is gone', /lacks/, (world) => loseBlob(world, 'roles/download/defaults/main.yml')],
  ['a tree is gone', /lacks objects/, (world) => lose(world, world.git('rev-parse', 'v2.9.0:roles'))],
  [
    'a submodule’s address that git forbids',
    /Git does not take .*gitmodules/,
    (world) => commitTree(world, '.gitmodules', '[submodule "x"]\n\tpath = x\n\turl = -u./payload\n'),
  ],
]

test.each(TROUBLES)(
  '%s: one sentence, exit 2, no branch moved, and the process is gone',
  async (_, says, trouble) => {
    const world = await demoWorld('whole')
    const options = trouble(world) ?? {}
    const refs = world.git('for-each-ref')
    const { code, err } = await run(['upgrade', world.path], options)
    expect(err).toMatch(says)
    expect(err.trimEnd().split('\n')).toHaveLength(1)
    expect(code).toBe(2)
    expect(world.git('for-each-ref')).toBe(refs)
  },
)

test.runIf(process.getuid?.() === 0)(
  'a clone of another owner: it may be read, and nothing is written',
  async () => {
    const world = await demoWorld('whole')
    execFileSync('chmod', ['-R', 'go+rX', world.path, join(dirname(cli.path), '../..')])
    const { code, err } = await run(['upgrade', world.path], { uid: 65534 })
    expect(err).toMatch(/^multiarch: I may not write into this repository .*No branch was moved/)
    expect(code).toBe(2)
    expect((await run(['plan', world.path], { uid: 65534 })).code).toBe(0)
  },
)

test('a tree with `..` in it is no defect', async () => {
  const world = await demoWorld('whole')
  const blob = world.git('rev-parse', 'main:README.md')
  const rows = execFileSync('git', ['-C', world.path, 'ls-tree', 'main']).toString()
  const inner = execFileSync('git', ['-C', world.path, 'mktree'], { input: `100644 blob ${blob}\t..\n` })
    .toString()
    .trim()
  const tree = execFileSync('git', ['-C', world.path, 'mktree'], {
    input: `${rows}040000 tree ${inner}\todd\n`,
  })
    .toString()
    .trim()
  world.git('update-ref', 'refs/heads/main', world.git('commit-tree', '-p', 'main', '-m', 'odd', tree))
  const { code, err } = await run(['upgrade', world.path])
  expect([code, err.trimEnd().split('\n').length]).toEqual([2, 1])
  expect(err).toContain('`odd/..`')
})

test('a repository with SHA-256 ids is called that', async () => {
  const world = await demoWorld('whole')
  rmSync(join(world.path, '.git'), { recursive: true })
  execFileSync('git', ['init', '--quiet', '--object-format=sha256', world.path])
  const { code, err } = await run(['plan', world.path])
  expect(code).toBe(2)
  expect(err).toContain('SHA-256')
})

function loseBlob(world: World, path: string): void {
  lose(world, world.git('rev-parse', `v2.9.0:${path}`))
}

function lose({ path }: World, oid: string): void {
  rmSync(join(path, '.git/objects', oid.slice(0, 2), oid.slice(2)), { force: true })
}

function commitTree(world: World, file: string, content: string): void {
  writeFileSync(join(world.path, file), content)
  world.git('add', file)
  world.git('commit', '--quiet', '-m', `Add ${file}`)
}
