import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chmodSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import type { CloneFacts, ForkFacts, DoctorFacts } from '../../../src/core/explain/doctor/doctor-facts.ts'
import { doctorChecks } from '../../../src/core/explain/doctor/doctor-checks.ts'
import { doctorBlocks } from '../../../src/core/explain/doctor/doctor-blocks.ts'
import { terminal } from '../../../src/core/explain/blocks/terminal.ts'
import { oid, release } from '../../support/pull-request.ts'
import { demoWorld, emptyWorld, type World } from '../../support/demo.ts'
import { removeFolder } from '../../support/remove-folder.ts'
import { multiarch } from '../../support/run-multiarch.ts'
import { commitFile } from '../../support/step.ts'

interface Checked {
  readonly code: string
  readonly state: string
  readonly message: string
  readonly mend?: readonly string[]
  readonly at?: { readonly file: string; readonly line: number }
}

beforeEach(() => {
  for (const name of ['GITHUB_TOKEN', 'GH_TOKEN', 'GITHUB_API_URL']) vi.stubEnv(name, undefined)
})
afterEach(() => vi.unstubAllEnvs())

async function doctor(
  path: string,
  ...options: readonly string[]
): Promise<{ code: number; checks: readonly Checked[] }> {
  const { code, out } = await multiarch('doctor', path, '--json', ...options)
  return { code, checks: (JSON.parse(out) as { checks: readonly Checked[] }).checks }
}

function named(checks: readonly Checked[], code: string): Checked {
  const found = checks.find((each) => each.code === code)
  if (!found) throw new Error(`no check ${code} among ${checks.map((each) => each.code).join()}`)
  return found
}

/** A clone with a remote of its own, of which nothing is in the way. */
async function healthy(): Promise<World> {
  const world = await demoWorld()
  world.git('remote', 'add', 'origin', 'https://github.com/me/kubespray')
  return world
}

test('a clone that works: what was seen of it, and what was not looked at', async () => {
  const world = await healthy()
  const before = contentsOf(world)
  const { code, checks } = await doctor(world.path)
  expect(checks.filter(({ state }) => state !== 'fine').map((each) => each.code)).toEqual(['actions'])
  expect(code).toBe(0)
  expect(named(checks, 'tags').message).toContain('`v2.11.0` the newest')
  expect(named(checks, 'fork').message).toBe(
    '`main` stands on `v2.8.0`, with 6 patches and 3 files of your own.',
  )
  expect(named(checks, 'remote').message).toContain('whether it answers was not asked')
  expect(named(checks, 'actions')).toMatchObject({ state: 'not-looked' })
  // Nothing was written.
  expect(contentsOf(world)).toEqual(before)
  const { out } = await multiarch('doctor', world.path)
  expect(out.trimEnd().split('\n').at(-1)).toBe('I found nothing in the way; 1 thing I did not look at.')
})

function contentsOf(world: World): readonly (readonly [string, number])[] {
  const folder = join(world.path, '.git')
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((file) => [file, statSync(join(folder, file)).mtimeMs] as const)
}

describe('what is in the way, and what mends it', () => {
  test('no repository: nothing else is claimed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'multiarch-none-'))
    onTestFinished(() => removeFolder(folder))
    const { code, checks } = await doctor(folder)
    expect(code).toBe(2)
    expect(named(checks, 'clone')).toMatchObject({ state: 'stops' })
    expect(checks.map((each) => each.code)).not.toContain('fork')
    expect(named(checks, 'rest')).toMatchObject({ state: 'not-looked' })
  })

  test('a history that is cut off, mended by the command that is named', async () => {
    const world = await demoWorld()
    const shallow = emptyWorld()
    shallow.git('remote', 'add', 'origin', `file://${world.path}`)
    shallow.git('fetch', '--quiet', '--depth', '2', 'origin', 'main:fork', 'refs/tags/*:refs/tags/*')
    shallow.git('symbolic-ref', 'HEAD', 'refs/heads/fork')
    const { code, checks } = await doctor(shallow.path)
    expect(code).toBe(2)
    expect(named(checks, 'shallow')).toMatchObject({ state: 'stops' })
    expect(named(checks, 'fork')).toMatchObject({ state: 'not-looked' })
    const [command = ''] = named(checks, 'shallow').mend ?? []
    expect(command).toBe(`git -C ${shallow.path} fetch --unshallow`)
    shallow.git(...command.split(' ').slice(3))
    expect(named((await doctor(shallow.path)).checks, 'shallow')).toMatchObject({ state: 'fine' })
  })

  test('no tags: that is looked at, and the fork is not', async () => {
    const world = await healthy()
    for (const tag of world.git('tag').split('\n')) world.git('tag', '--delete', tag)
    const { code, checks } = await doctor(world.path)
    expect(named(checks, 'tags')).toMatchObject({ state: 'look' })
    expect(named(checks, 'tags').mend?.[0]).toContain("'refs/tags/v*:refs/tags/v*'")
    expect(named(checks, 'fork')).toMatchObject({ state: 'not-looked' })
    expect(code).toBe(1)
  })

  test('no remote of the fork’s', async () => {
    const world = await demoWorld()
    world.git('remote', 'add', 'upstream', 'https://github.com/kubernetes-sigs/kubespray')
    const { code, checks } = await doctor(world.path)
    expect([code, named(checks, 'remote-of-fork').state]).toEqual([1, 'look'])
    expect(named(checks, 'remote').message).toContain('is upstream’s')
  })

  test('a password in an address is not shown', async () => {
    const world = await demoWorld()
    world.git('remote', 'add', 'origin', 'https://me:ghp_secret@github.com/me/kubespray')
    const { out } = await multiarch('doctor', world.path, '--json')
    expect(out).not.toContain('ghp_secret')
    expect(out).toContain('https://github.com/me/kubespray')
  })

  test('settings that cannot be worked with, at their line', async () => {
    const world = await healthy()
    commitFile(world, '.github/multiarch.yml', '# mine\nfolow: latest\n', 'Settings')
    const { code, checks } = await doctor(world.path)
    expect(code).toBe(2)
    expect(named(checks, 'settings')).toMatchObject({
      state: 'stops',
      at: { file: '.github/multiarch.yml', line: 2 },
    })
    expect(named(checks, 'settings').message).toContain('`follow`')
  })

  test('a branch that holds nothing of one’s own', async () => {
    const world = await healthy()
    world.git('reset', '--quiet', '--hard', 'v2.9.0')
    const { code, checks } = await doctor(world.path)
    expect([code, named(checks, 'fork').state]).toEqual([2, 'stops'])
  })

  test('a merge under way, a step that is checked out elsewhere, a lock', async () => {
    const world = await healthy()
    await multiarch('upgrade', world.path)
    const tree = join(mkdtempSync(join(tmpdir(), 'multiarch-tree-')), 'x')
    onTestFinished(() => removeFolder(tree))
    world.git('worktree', 'add', '--quiet', tree, 'multiarch/kubespray-2.9.0')
    writeFileSync(join(world.path, '.git/MERGE_HEAD'), `${world.git('rev-parse', 'v2.9.0')}\n`)
    const lock = join(world.path, '.git/packed-refs.lock')
    writeFileSync(lock, '')
    const { code, checks } = await doctor(world.path)
    expect(code).toBe(1)
    expect(named(checks, 'under-way').message).toContain('a merge')
    expect(named(checks, 'step-checked-out').message).toContain(`\`multiarch/kubespray-2.9.0\` (\`${tree}\`)`)
    expect(named(checks, 'locked').mend).toEqual([`rm ${lock}`])
  })

  test.skipIf(process.getuid?.() === 0)('a git directory that may not be written', async () => {
    const world = await healthy()
    const folder = join(world.path, '.git/refs/heads')
    chmodSync(folder, 0o555)
    onTestFinished(() => chmodSync(folder, 0o755))
    expect(named((await doctor(world.path)).checks, 'not-writable')).toMatchObject({ state: 'look' })
  })

  test('--online asks the remotes; one that does not answer is named with what git said', async () => {
    const world = await demoWorld()
    const other = await demoWorld()
    world.git('remote', 'add', 'origin', other.path)
    world.git('remote', 'add', 'gone', join(other.path, 'gone'))
    const { code, checks } = await doctor(world.path, '--online')
    const told = checks.filter((each) => each.code === 'remote').map(({ state, message }) => [state, message])
    expect(told).toContainEqual(['fine', expect.stringMatching(/`origin` .* and answers\.$/)])
    expect(told).toContainEqual(['look', expect.stringMatching(/`gone` .* does not answer: /)])
    expect(code).toBe(1)
  })
})

describe('settings of Actions', () => {
  async function gitHub(
    status: number,
    body: object,
  ): Promise<{ readonly url: string; asked(this: void): readonly string[] }> {
    const asked: string[] = []
    const server = createServer((request, response) => {
      asked.push(`${request.url} ${request.headers.authorization}`)
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    onTestFinished(() => void server.close())
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked: () => asked }
  }

  test.each([
    [200, { default_workflow_permissions: 'read', can_approve_pull_request_reviews: true }, 'fine', 0],
    [200, { default_workflow_permissions: 'read', can_approve_pull_request_reviews: false }, 'look', 1],
    [403, {}, 'not-looked', 0],
    [404, {}, 'not-looked', 0],
    [500, {}, 'not-looked', 0],
  ])('an answer %i %j is %s', async (status, body, state, code) => {
    const world = await healthy()
    const { url, asked } = await gitHub(status, body)
    vi.stubEnv('GITHUB_TOKEN', 'a-token')
    vi.stubEnv('GITHUB_API_URL', url)
    const found = await doctor(world.path)
    expect([found.code, named(found.checks, 'actions').state]).toEqual([code, state])
    expect(asked()).toEqual(['/repos/me/kubespray/actions/permissions/workflow Bearer a-token'])
    expect(JSON.stringify(found)).not.toContain('a-token')
    if (state === 'look')
      expect(named(found.checks, 'actions').mend?.[0]).toMatch(/^gh api --method PUT repos\/me/)
  })

  test('a GitHub that cannot be reached tells nothing', async () => {
    const world = await healthy()
    vi.stubEnv('GITHUB_TOKEN', 'a-token')
    vi.stubEnv('GITHUB_API_URL', 'http://127.0.0.1:9')
    const { code, checks } = await doctor(world.path)
    expect([code, named(checks, 'actions').state]).toEqual([0, 'not-looked'])
  })

  test('a token is shown to no other host', async () => {
    const world = await demoWorld()
    world.git('remote', 'add', 'origin', 'https://gitlab.example.org/me/kubespray')
    const { url, asked } = await gitHub(200, {})
    vi.stubEnv('GITHUB_TOKEN', 'a-token')
    vi.stubEnv('GITHUB_API_URL', url)
    const { checks } = await doctor(world.path)
    expect([named(checks, 'actions').state, asked()]).toEqual(['not-looked', []])
  })
})

const FORK: ForkFacts = {
  branch: 'main',
  base: { release: release('v2.9.0'), commit: oid('1'), exact: true, found: 'ancestry' },
  layout: { kind: 'root' },
  ...{ patches: 1, ownFiles: 1 },
}

const FINE: CloneFacts = {
  gitDir: '/x/.git',
  isBare: false,
  isShallow: false,
  partial: [],
  tags: { count: 3, newest: 'v2.9.0' },
  remotes: [{ name: 'origin', url: 'u', role: 'fork' }],
  notWritable: [],
  locks: [],
  underWay: [],
  checkedOut: [],
  settings: { branch: 'main', kind: 'fine' },
  fork: { forks: [FORK] },
}

function facts(more: Partial<DoctorFacts>, clone: Partial<CloneFacts> = {}): DoctorFacts {
  return {
    repo: '.',
    node: { version: '22.1.0', needed: '20.18.1' },
    git: '2.39.5',
    clone: { ...FINE, ...clone },
    cache: { folder: '/c', isWritable: true, daysOld: 3 },
    actions: { kind: 'not-asked', why: 'no-token' },
    ...more,
  }
}

describe('each situation has its state', () => {
  test.each([
    ['all fine', facts({}), []],
    ['an old Node', facts({ node: { version: '18.20.1', needed: '20.18.1' } }), ['node stops']],
    ['Node just old enough', facts({ node: { version: '20.18.1', needed: '20.18.1' } }), []],
    ['Node a patch too old', facts({ node: { version: '20.18.0', needed: '20.18.1' } }), ['node stops']],
    ['an old git', facts({ git: '2.28.9' }), ['git stops']],
    ['a git with a longer version', facts({ git: '2.39.5.1' }), []],
    ['no git', facts({ git: undefined, clone: undefined }), ['git stops', 'clone not-looked']],
    ['a partial clone', facts({}, { partial: ['origin'] }), ['partial look']],
    [
      'a folder that may not be written',
      facts({}, { notWritable: ['/x/.git/objects'] }),
      ['not-writable look'],
    ],
    [
      'a cache that may not be written',
      facts({ cache: { folder: '/c', isWritable: false } }),
      ['cache look'],
    ],
  ])('%s', (_, given, expected) => {
    const checks = doctorChecks(given)
    const found = checks.filter(({ state, code }) => state !== 'fine' && code !== 'actions')
    expect(found.map(({ code, state }) => `${code} ${state}`)).toEqual(expected)
    const text = terminal(doctorBlocks(checks))
    expect(text).toMatch(/(?:It cannot work here|It can work here|I found nothing in the way).*\n$/)
    expect(text.includes('It cannot work here')).toBe(expected.some((each) => each.endsWith('stops')))
  })
})
