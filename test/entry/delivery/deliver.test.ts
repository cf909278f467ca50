import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { gitHubRepository } from '../../../src/entry/delivery/fork-remote.ts'
import { demoWorld, type World } from '../../support/demo.ts'
import { removeFolder } from '../../support/remove-folder.ts'
import { multiarch } from '../../support/run-multiarch.ts'
import { commitFile } from '../../support/step.ts'

/** Folder of a bare repository that stands for the one on GitHub, and a `gh` that writes down what it is called with. */
interface Outside {
  readonly bare: string
  /** Runs a command as somebody who pasted it would. */
  paste(line: string): void
  /** What `gh` was called with. */
  called(): readonly string[]
}

function outside(world: World, url = 'https://github.com/me/kubespray.git'): Outside {
  const folder = mkdtempSync(join(tmpdir(), 'multiarch-outside-'))
  onTestFinished(() => removeFolder(folder))
  const bare = join(folder, 'bare.git')
  execFileSync('git', ['init', '--quiet', '--bare', bare])
  world.git('remote', 'add', 'origin', url)
  world.git('config', `url.${bare}.insteadOf`, url)
  world.git('push', '--quiet', 'origin', 'main')
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  writeFileSync(
    join(bin, 'gh'),
    `#!/bin/sh\nfor word; do printf '%s\\n' "$word"; done > '${folder}/called'\n`,
  )
  chmodSync(join(bin, 'gh'), 0o755)
  const env = { ...process.env, PATH: `${bin}:${process.env['PATH']}` }
  return {
    bare,
    paste: (line) => void execFileSync('sh', ['-c', line], { env, stdio: 'pipe', cwd: folder }),
    called: () => readFileSync(join(folder, 'called'), 'utf8').trimEnd().split('\n'),
  }
}

/** The commands of the last block. */
function nextCommands(out: string): readonly string[] {
  const lines = out.trimEnd().split('\n')
  const from = lines.lastIndexOf('Next')
  expect(from).toBeGreaterThan(0)
  return lines.slice(from).flatMap((line) => /^ {2}(\S.*)$/.exec(line)?.slice(1) ?? [])
}

/** What follows an option. */
function valueOf(words: readonly string[], option: string): string {
  return words[words.indexOf(option) + 1] ?? ''
}

test('the last block of a step puts it up for review when it is pasted', async () => {
  const world = await demoWorld()
  const there = outside(world)
  const { out } = await multiarch('upgrade', world.path)
  expect(out).toMatch(/^(?:I found nothing that waits for you\.|What waits for you)$/m)
  const commands = nextCommands(out)
  expect(commands).toHaveLength(2)
  for (const each of commands) there.paste(each)
  const branch = 'multiarch/kubespray-2.9.0'
  expect(execFileSync('git', ['-C', there.bare, 'rev-parse', branch], { encoding: 'utf8' }).trim()).toBe(
    world.git('rev-parse', branch),
  )
  const words = there.called()
  expect(words.slice(0, 2)).toEqual(['pr', 'create'])
  // Without it, gh takes the repository that a fork was forked from, which is upstream's.
  expect(valueOf(words, '--repo')).toBe('me/kubespray')
  expect([valueOf(words, '--base'), valueOf(words, '--head')]).toEqual(['main', branch])
  const { title, body } = JSON.parse((await multiarch('upgrade', world.path, '--json')).out) as Record<
    string,
    string
  >
  expect(valueOf(words, '--title')).toBe(title)
  expect(readFileSync(valueOf(words, '--body-file'), 'utf8')).toBe(body)
  expect(words).not.toContain('--draft')
  // Nothing of it lies about in the working tree.
  expect(world.git('status', '--porcelain', '--ignored')).toBe('')
})

test('what waits for a person makes it a draft', async () => {
  const world = await demoWorld()
  const there = outside(world)
  const own = world.git('show', 'v2.8.0:README.md').split('\n').slice(0, -1)
  commitFile(
    world,
    'README.md',
    [...own, 'Start it with make, from the bastion only.\n'].join('\n'),
    'A start',
  )
  const { code, out } = await multiarch('upgrade', world.path)
  expect(code).toBe(3)
  expect(out).toContain('What waits for you')
  expect(out.indexOf('A start', out.indexOf('What waits for you'))).toBeGreaterThan(0)
  for (const each of nextCommands(out)) there.paste(each)
  expect(there.called()).toContain('--draft')
})

test('names that a shell would obey are quoted', async () => {
  const world = await demoWorld()
  const there = outside(world)
  const odd = "we're;$(touch-nothing)"
  world.git('branch', '-m', 'main', odd)
  const { out } = await multiarch('upgrade', world.path, '--as', "multiarch/it's")
  for (const each of nextCommands(out)) there.paste(each)
  expect(valueOf(there.called(), '--base')).toBe(odd)
  expect(valueOf(there.called(), '--head')).toBe("multiarch/it's")
  // What the pull request goes to was not there yet, and is pushed as well.
  expect(execFileSync('git', ['-C', there.bare, 'branch', '--list'], { encoding: 'utf8' })).toContain(odd)
})

test('a report that was asked for is the text', async () => {
  const world = await demoWorld()
  const there = outside(world)
  const report = join(there.bare, 'step.md')
  const { out } = await multiarch('upgrade', world.path, '--report', report)
  for (const each of nextCommands(out)) there.paste(each)
  expect(valueOf(there.called(), '--body-file')).toBe(report)
  expect(existsSync(join(world.path, '.git/multiarch'))).toBe(false)
})

test('elsewhere than on GitHub it is pushed, and where the text is is said', async () => {
  const world = await demoWorld()
  const there = outside(world, 'git@gitlab.example.org:me/kubespray.git')
  const { out } = await multiarch('upgrade', world.path)
  const commands = nextCommands(out)
  expect(commands).toHaveLength(1)
  for (const each of commands) there.paste(each)
  const file = /text for its pull request is in\s+`([^`]+)`/.exec(out)?.[1] ?? ''
  expect(readFileSync(file, 'utf8')).not.toBe('')
})

test('upstream’s remote is never pushed to', async () => {
  const world = await demoWorld()
  world.git('remote', 'add', 'origin', 'https://github.com/kubernetes-sigs/kubespray')
  const { out } = await multiarch('upgrade', world.path)
  expect(out).toContain('no remote that is your fork’s')
  expect(out).not.toContain('gh pr create')
})

test('where branches are pushed to by the clone’s settings goes before `origin`', async () => {
  const world = await demoWorld()
  outside(world)
  world.git('remote', 'add', 'mine', 'https://github.com/mine/kubespray')
  world.git('config', 'remote.pushDefault', 'mine')
  const { out } = await multiarch('upgrade', world.path)
  expect(nextCommands(out)[0]).toContain(' push mine ')
})

describe('a dry run ends with the command that writes', () => {
  test.each([
    ['upgrade', ['--onto', 'v2.10.0', '--as', "multiarch/a'b"]],
    ['bump', []],
  ] as const)('%s', async (name, options) => {
    const world = await demoWorld()
    if (name === 'bump') {
      const cluster = 'inventory/homelab/group_vars/k8s-cluster/k8s-cluster.yml'
      commitFile(world, cluster, 'kube_version: v1.11.5\n', 'An older cluster')
      commitFile(world, '.github/multiarch.yml', 'architectures: [amd64]\n', 'Settings')
    }
    const { out } = await multiarch(name, world.path, ...options, '--dry-run', '--quiet')
    expect(out).toContain('Dry run: nothing was written.')
    expect(out).not.toContain('until you merge')
    expect(existsSync(join(world.path, '.git/multiarch'))).toBe(false)
    expect(world.git('branch', '--list', 'multiarch/*')).toBe('')
    const [command = ''] = nextCommands(out)
    const words = [...command.matchAll(/((?:'[^']*'|\\'|[^\s'])+)/g)].map(([word]) =>
      word.replace(/'([^']*)'|\\(')/g, (_, quoted?: string, escaped?: string) => quoted ?? escaped ?? ''),
    )
    const done = await multiarch(...words.slice(1))
    expect(done.code).toBeOneOf([0, 3])
    expect(world.git('branch', '--list', 'multiarch/*')).not.toBe('')
  })
})

test('what comes before a step is the command for it', async () => {
  const world = await demoWorld()
  const cluster = 'inventory/homelab/group_vars/k8s-cluster/k8s-cluster.yml'
  commitFile(world, cluster, 'kube_version: v1.11.5\n', 'An older cluster')
  commitFile(world, '.github/multiarch.yml', 'architectures: [amd64]\n', 'Settings')
  const plan = await multiarch('plan', world.path, '--branch', 'main')
  expect(nextCommands(plan.out)).toEqual([`multiarch bump ${world.path} --branch main`])
  const upgrade = await multiarch('upgrade', world.path)
  expect(nextCommands(upgrade.out)).toEqual([`multiarch bump ${world.path}`])
  expect((await multiarch('bump', world.path)).code).toBeOneOf([0, 3])
})

test('patches of an audit are put up for review as well', async () => {
  const world = await demoWorld()
  const there = outside(world)
  const { out } = await multiarch('audit', world.path, '--architectures', 'amd64,arm64,arm', '--fix')
  expect(out).toContain('I wrote branch')
  for (const each of nextCommands(out)) there.paste(each)
  expect(valueOf(there.called(), '--head')).toBe('multiarch/audit')
  expect(readFileSync(valueOf(there.called(), '--body-file'), 'utf8')).toContain('It adds patches to `main`')
})

describe('a repository as gh takes it', () => {
  test.each([
    ['https://github.com/me/kubespray', 'me/kubespray'],
    ['https://github.com/me/kubespray.git/', 'me/kubespray'],
    ['https://token@github.com/me/kubespray.git', 'me/kubespray'],
    ['git@github.com:me/kubespray.git', 'me/kubespray'],
    ['ssh://git@github.com/me/kubespray.git', 'me/kubespray'],
    ['ssh://git@ssh.github.com:443/me/kubespray.git', 'me/kubespray'],
    ['git@github.example.org:me/kubespray.git', 'github.example.org/me/kubespray'],
    ['https://acme.ghe.com/me/kubespray', 'acme.ghe.com/me/kubespray'],
    ['git@gitlab.com:me/kubespray.git', undefined],
    ['https://notgithub.com/me/kubespray', undefined],
    ['/srv/git/kubespray.git', undefined],
    ['../kubespray', undefined],
    ['', undefined],
  ])('%s', (url, repository) => {
    expect(gitHubRepository(url)).toBe(repository)
  })
})

describe('what is to be read cannot be written, and the branch is there', () => {
  const BRANCH = 'multiarch/kubespray-2.9.0'
  const ENDED = `Wrote branch \`${BRANCH}\``

  test('neither beside the clone nor among the temporary files: why, and how to have it; the command ends as ever', async () => {
    const world = await demoWorld()
    outside(world)
    writeFileSync(join(world.path, '.git/multiarch'), 'no folder')
    vi.stubEnv('TMPDIR', join(world.path, 'nowhere'))
    onTestFinished(() => void vi.unstubAllEnvs())
    const { code, out, err } = await multiarch('upgrade', world.path)
    expect([code, err]).toEqual([0, ''])
    const told = out.replaceAll(/\s+/g, ' ')
    expect(told).toContain(ENDED)
    expect(told).toMatch(
      /The text for its pull request could not be written \(`[^`]*nowhere[^`]*`: there is no such folder\)/,
    )
    expect(told).toContain('`--report FILE.md` puts it where there is room.')
    // What would open it has no text to open it with.
    expect(nextCommands(out)).toEqual([expect.stringContaining(`push origin ${BRANCH}`)])
  })

  test.runIf(existsSync('/dev/full'))('a report on a full disk: all else is said, then that', async () => {
    const world = await demoWorld()
    const report = join(world.path, 'report.md')
    symlinkSync('/dev/full', report)
    const { code, out, err } = await multiarch('upgrade', world.path, '--report', report)
    expect(out.replaceAll(/\s+/g, ' ')).toContain(ENDED)
    expect(world.git('rev-parse', '--verify', '--quiet', BRANCH)).not.toBe('')
    expect(err).toBe('multiarch: I could not write a file: the disk is full.\n')
    expect(code).toBe(2)
  })
})
