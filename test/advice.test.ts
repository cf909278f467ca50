import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { keysAt } from '../src/core/config/keys-at.ts'
import { renderCheck } from '../src/core/explain/texts/render-check.ts'
import { renderPullRequest } from '../src/core/explain/texts/render-pull-request.ts'
import type { PullRequestFacts } from '../src/core/explain/pull-request-facts.ts'
import { problemOn, refusalOf } from '../src/core/explain/refusal-of.ts'
import type { Surface } from '../src/core/explain/surface.ts'
import type { RefusalFacts } from '../src/core/model/refusal-facts.ts'
import {
  adviceIn,
  adviceInDocuments,
  adviceInSources,
  isCommandLine,
  isComment,
  isSetting,
  whyNotCommand,
  whyNotComment,
  whyNotSetting,
  type Advice,
} from './support/advice.ts'
import { demoWorld, type World } from './support/demo.ts'
import { carriedPatch, carryFacts, fullStep } from './support/pull-request.ts'
import { multiarch } from './support/run-multiarch.ts'

const said = [...adviceInSources(), ...adviceInDocuments()]

describe('what any text says can be typed', () => {
  test('each command line is one that the command line takes', async () => {
    const lines = said.filter(isCommandLine).filter((each) => !isUsage(each))
    expect(lines.length).toBeGreaterThan(20)
    expect(await wrong(lines, whyNotCommand)).toEqual([])
  })

  test('each comment is one that is understood', async () => {
    const comments = said.filter(isComment).filter(({ said: each }) => !/ X/.test(each))
    expect(comments.length).toBeGreaterThan(20)
    expect(await wrong(comments, whyNotComment)).toEqual([])
  })

  test('each line of settings is one that the settings take', async () => {
    const settings = said.filter(isSetting).filter(({ said: each }) => !/X/.test(each))
    expect(settings.length).toBeGreaterThan(3)
    expect(await wrong(settings, whyNotSetting)).toEqual([])
  })

  test('each key that is named as one of the settings is one', () => {
    const texts = adviceInSources().map(({ where }) => where)
    const keys = [...new Set(texts)].flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(/\\?`([\w.-]+)\\?` (?:in|of) the settings/g)].map(
        ([, key = '']) => key,
      ),
    )
    expect(keys.length).toBeGreaterThan(4)
    for (const key of keys) {
      const [last = '', ...above] = key.split('.').reverse()
      expect(keysAt(above.reverse())).toContain(last)
    }
  })
})

/** Headings of the page of commands say what may follow: `multiarch plan <repo>`, `[FILE]`. */
function isUsage({ said: each, where }: Advice): boolean {
  return /[<[…]/.test(each) || (/^docs\/(?:cli|planning)\.md$/.test(where) && /^multiarch \w+$/.test(each))
}

async function wrong(
  advice: readonly Advice[],
  why: (each: string) => string | undefined | Promise<string | undefined>,
): Promise<readonly string[]> {
  const found: string[] = []
  for (const { where, said: each } of advice) {
    const reason = await why(each)
    if (reason !== undefined) found.push(`${where}: ${each}: ${reason}`)
  }
  return found
}

const LONG = 'x'.repeat(400)

/** Steps that bring up every sentence with advice. */
function steps(surface: Surface): readonly PullRequestFacts[] {
  const full = { ...fullStep(), surface }
  const manyPatches = [...Array(60).keys()].map((at) =>
    carriedPatch(String(at % 10), {
      title: `Patch ${at}`,
      verdict: (['clean', 'upstreamed', 'obsolete', 'adapted', 'conflict'] as const)[at % 5] ?? 'clean',
      files: [],
    }),
  )
  const diffs = manyPatches.map(({ patch }) => [
    patch.id,
    [{ path: 'a', to: 'a', before: Array(40).fill(LONG) as string[], after: [], same: false }],
  ]) as [string, never][]
  const carry = carryFacts(manyPatches)
  const dropped = { commit: carry.base.commit, title: 'Left out', why: 'dropped' as const }
  const { written: _, ...unwritten } = full
  return [
    full,
    unwritten,
    { ...full, branch: "we're; $(home)" },
    { ...full, persons: { commits: 2, behind: true }, toldByPatches: ['amd64', 'arm64'] },
    { ...full, carry: { ...carry, diffs: new Map(diffs), series: { ...carry.series, leftOut: [dropped] } } },
  ]
}

const REFUSED: readonly RefusalFacts[] = [
  { code: 'no-own-commits', branches: 1, branch: 'main' },
  { code: 'not-kubespray' },
  { code: 'no-releases' },
  { code: 'tags-too-old', commits: 7, newest: 'v2.8.0' },
  { code: 'release-incomplete', missing: 3 },
  { code: 'unknown-branch', branch: 'arm', branches: ['main'] },
  { code: 'unknown-release', release: 'v9', near: 'v2.31.0' },
  { code: 'branch-changed', branch: 'multiarch/kubespray-2.9.0', free: 'multiarch/kubespray-2.9.0-2' },
]

function textsOn(surface: Surface): readonly string[] {
  return [
    ...steps(surface).flatMap((facts) => {
      const { title, body } = renderPullRequest(facts)
      const { summary, annotations } = renderCheck(facts)
      return [
        title,
        body,
        ...(surface === 'pull-request' ? [summary, ...annotations.map(({ message }) => message)] : []),
      ]
    }),
    ...REFUSED.map((facts) => problemOn(refusalOf(facts), surface).message),
  ]
}

describe('what a surface says can be done there', () => {
  test('a pull request names no command line and no flag', () => {
    const advice = textsOn('pull-request').flatMap((text) => adviceIn(withoutDiffs(text), 'pull request'))
    expect(advice.filter(isCommandLine)).toEqual([])
    expect(
      advice.filter(({ said: each }) =>
        /(?:^| )--(?:as|branch|upstream|onto|kubernetes|fix|rev|report|dry-run)\b/.test(each),
      ),
    ).toEqual([])
    expect(advice.filter(isComment).length).toBeGreaterThan(5)
  })

  test('a terminal, and a report from there, names no comment', () => {
    const advice = textsOn('terminal').flatMap((text) => adviceIn(withoutDiffs(text), 'terminal'))
    expect(advice.filter(isComment)).toEqual([])
    expect(advice.filter(isCommandLine).length).toBeGreaterThan(2)
  })

  test.each(['pull-request', 'terminal'] as const)('all of it is understood: %s', async (surface) => {
    const advice = textsOn(surface).flatMap((text) => adviceIn(withoutDiffs(text), surface))
    expect(await wrong(advice.filter(isCommandLine), whyNotCommand)).toEqual([])
    expect(await wrong(advice.filter(isComment), whyNotComment)).toEqual([])
    expect(await wrong(advice.filter(isSetting), whyNotSetting)).toEqual([])
  })

  test('a dry run names no branch that is not there, and nothing that waits for a merge', () => {
    const [, dry] = steps('terminal')
    const { body } = renderPullRequest(dry as PullRequestFacts)
    expect(body).not.toContain('until you merge')
    expect(body).not.toContain('--rev')
  })
})

/** What stands in a block is quoted from files. */
function withoutDiffs(text: string): string {
  return text.replace(/^(`{3,})[\s\S]*?^\1$/gm, '')
}

describe('and does what the text says', () => {
  test('each command that a written step names, in its clone', async () => {
    const world = await demoWorld()
    const report = join(world.path, '..', `${Date.now()}-step.md`)
    const plan = await multiarch('plan', world.path)
    const written = await multiarch('upgrade', world.path, '--report', report)
    const text = [plan.out, written.out, readFileSync(report, 'utf8')].join('\n')
    const advice = new Set(adviceIn(withoutDiffs(text), 'step').map((each) => each.said))
    const own = [...advice].filter((each) => /^multiarch /.test(each))
    const git = [...advice].filter((each) => /^git log /.test(each))
    expect(own.length + git.length).toBeGreaterThan(1)
    for (const each of own)
      expect([each, (await inClone(world, each)).code]).toEqual([each, expect.toBeOneOf([0, 3])])
    for (const each of git) expect(world.git(...each.split(' ').slice(1))).not.toBe('')
  }, 120_000)

  test('each command that an audit and a blocked step name', async () => {
    const world = await demoWorld()
    const audit = await multiarch('audit', world.path, '--architectures', 'amd64,arm64,arm')
    expect(audit.out).toContain('the same command with `--fix` does')
    const fixed = await multiarch('audit', world.path, '--architectures', 'amd64,arm64,arm', '--fix')
    expect(fixed.out).toContain('I wrote branch')
    const full = fullStep()
    const findings = (full.findings ?? []).map((each) => ({ ...each, fix: 'architecture-groups' as const }))
    const facts = { ...full, findings, surface: 'terminal' as const, written: { name: 'main' } }
    const mend = adviceIn(renderPullRequest(facts).body, 'body').filter(({ said: each }) =>
      each.startsWith('multiarch audit'),
    )
    expect(mend).toHaveLength(1)
    for (const { said: each } of mend) expect((await inClone(world, each)).code).toBeOneOf([0, 3])
  }, 120_000)

  test('the settings that texts propose', async () => {
    const world = await demoWorld()
    for (const { said: each } of [...adviceInSources(), ...adviceInDocuments()].filter(isSetting)) {
      if (/X/.test(each)) continue
      const file = join(world.path, 'settings.yml')
      writeFileSync(file, `${each}\n`)
      expect([each, (await multiarch('config', 'check', file)).code]).toEqual([each, 0])
    }
  })
})

/** Runs a command line as its text says, in the clone. */
function inClone(world: World, line: string): ReturnType<typeof multiarch> {
  const words = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
  return multiarch(...words.slice(1).map((word) => (word === '.' ? world.path : word)))
}
