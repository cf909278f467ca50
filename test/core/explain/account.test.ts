import { expect, test } from 'vitest'
import { renderCheck, needsPerson } from '../../../src/core/explain/texts/render-check.ts'
import { accountFindings } from '../../../src/core/explain/account-findings.ts'
import { renderPullRequest } from '../../../src/core/explain/texts/render-pull-request.ts'
import type { PullRequestFacts } from '../../../src/core/explain/pull-request-facts.ts'
import type { SeriesAccount } from '../../../src/core/series/account/account.ts'
import { judgeFacts } from '../../../src/core/explain/judge-facts.ts'
import { reportPage } from '../../../src/entry/report/report-page.ts'
import { carriedPatch, carryFacts, release } from '../../support/pull-request.ts'

const SUMS = { lines: 9, carried: 4, upstream: 2, leftOut: 1, open: 1, unaccounted: 1, inAnotherForm: 1 }
const FILE = 'roles/thing/defaults/main.yml'

function facts(account: SeriesAccount): PullRequestFacts {
  const patch = carriedPatch('1', {
    title: 'Some patch',
    verdict: 'adapted',
    files: [
      {
        path: FILE,
        leftOut: [{ side: 'added', line: 3, text: 'setting: gone', why: 'gone' }],
      },
    ],
  })
  return {
    kind: 'kubespray',
    surface: 'pull-request',
    branch: 'main',
    release: release('v2.11.0'),
    carry: carryFacts([patch]),
    account,
  }
}

const LOST: SeriesAccount = {
  sums: SUMS,
  unplaced: [{ kind: 'lost', file: FILE, line: 7, text: 'lost_setting: true' }],
  remarks: [],
}

test('a line that has no place makes a draft, fails the check, and is named in every text', () => {
  const step = facts(LOST)
  expect(needsPerson(step)).toBe(true)
  expect(judgeFacts(step).remarks).toMatchObject([
    { code: 'unaccounted', severity: 'error', file: FILE, line: 7 },
  ])
  const check = renderCheck(step)
  expect(check.title).toBe('1 line that I cannot place')
  expect(check.annotations[0]).toMatchObject({ path: FILE, line: 7, severity: 'failure' })
  for (const text of [renderPullRequest(step).body, reportPage({ title: '', step })])
    expect(text).toContain('lost_setting: true')
})

test('an account without a loss asks nothing, and says its sums and what is left out', () => {
  const step = facts({ ...LOST, sums: { ...SUMS, unaccounted: 0 }, unplaced: [] })
  expect(needsPerson(step)).toBe(false)
  const { body } = renderPullRequest(step)
  expect(body).toContain('9 lines')
  expect(body).toContain('+setting: gone')
  expect(body).toContain('What it changes is gone:')
})

test('nothing of an inventory is quoted', () => {
  const file = 'inventory/home/group_vars/all.yml'
  const kinds = ['lost', 'moved', 'back', 'twice', 'stray', 'edited'] as const
  const unplaced = kinds.map((kind) => ({ kind, file, line: 1, text: 'password: secret' }))
  const step = facts({ ...LOST, unplaced })
  for (const text of [
    renderPullRequest(step).body,
    reportPage({ title: '', step }),
    JSON.stringify(renderCheck(step)),
  ])
    expect(text).not.toContain('secret')
})

test('many lines are named up to a limit, and the rest is counted', () => {
  const unplaced = Array.from({ length: 80 }, (_, at) => ({
    kind: 'lost' as const,
    file: FILE,
    line: at + 1,
    text: `x${at}: y`,
  }))
  const findings = accountFindings({ ...LOST, unplaced })
  expect(findings).toHaveLength(51)
  expect(findings.at(-1)?.message).toContain('30 more lines')
})

test('a remark about an own file is a warning and asks nothing', () => {
  const remarks = [
    { code: 'own-file-shadows', file: 'scripts/a.sh', other: 'contrib/a.sh', like: 'name' },
    { code: 'file-outlives-patch', file: 'requirements-2.10.txt', patch: 'Ansible', verdict: 'upstreamed' },
  ] as const
  const step = facts({ sums: { ...SUMS, unaccounted: 0 }, unplaced: [], remarks })
  expect(needsPerson(step)).toBe(false)
  const { body } = renderPullRequest(step)
  for (const { file } of remarks) expect(body).toContain(`\`${file}\``)
  expect(body).toContain('`contrib/a.sh`')
})
