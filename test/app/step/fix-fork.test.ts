import { describe, expect, test } from 'vitest'
import { audit } from '../../../src/app/audit/audit.ts'
import { fixFork } from '../../../src/app/step/fix-fork.ts'
import { findSeries } from '../../../src/app/repository/find-series.ts'
import { readRepository } from '../../../src/app/repository/read-repository.ts'
import { Refusal } from '../../../src/core/model/problem.ts'
import type { Oid } from '../../../src/core/model/oid.ts'
import { demoWorld, UPSTREAM } from '../../support/demo.ts'

const ARCHITECTURES = ['amd64', 'arm64', 'arm'] as const

describe('the audit of the demo’s fork', () => {
  test('knows what the fork stands on, so it sees which check a patch switched off', async () => {
    const { store } = await demoWorld()
    const { findings, inventories } = await audit(store, { ...UPSTREAM, architectures: ARCHITECTURES })
    expect(inventories).toEqual(['inventory/homelab'])
    expect(findings.map(({ code }) => code)).toContain('verification-off')
  })
  test('takes what the release has for granted when the release itself is asked about', async () => {
    const { store } = await demoWorld()
    const { findings } = await audit(store, { ...UPSTREAM, rev: 'v2.8.0', architectures: ARCHITECTURES })
    expect(findings.map(({ code }) => code)).not.toContain('verification-off')
  })
  test('assumes what a plan assumes where nobody says anything', async () => {
    const { store } = await demoWorld()
    expect(await audit(store, { ...UPSTREAM, rev: 'v2.8.0' })).toMatchObject({
      architectures: ['amd64'],
      architecturesFrom: 'assumed',
    })
  })
  test('refuses what is not there', async () => {
    const { store } = await demoWorld()
    await expect(audit(store, { ...UPSTREAM, rev: 'mian' })).rejects.toThrow('I find no `mian`')
    await expect(audit(store, { ...UPSTREAM, inventories: ['inventory/homlab'] })).rejects.toThrow(
      'Did you mean `inventory/homelab`?',
    )
  })
})

describe('fixes', () => {
  test('come as one commit for each recipe, and a second run has nothing to do', async () => {
    const { store, ...world } = await demoWorld()
    const request = {
      ...UPSTREAM,
      branch: 'v2.8.0-like',
      architectures: ARCHITECTURES,
      write: 'branch',
    } as const
    world.git('branch', request.branch, 'main~1')
    const fix = await fixFork(store, request)
    expect(fix.branch).toBe('multiarch/audit')
    expect(world.git('log', '--format=%s', `${request.branch}..multiarch/audit`).split('\n')).toEqual(
      fix.commits.map(({ title }) => title).reverse(),
    )
    expect(fix.commits.length).toBeGreaterThan(0)
    const again = await fixFork(store, { ...request, branch: 'multiarch/audit' })
    expect(again.commits).toEqual([])
    const left = await audit(store, { ...UPSTREAM, rev: fix.tip, architectures: ARCHITECTURES })
    expect(left.findings.filter(({ fix: recipe }) => recipe !== undefined)).toEqual([])
  })
  test('are patches of the fork like any other from then on, known by their recipe', async () => {
    const { store } = await demoWorld()
    const { tip, commits } = await fixFork(store, {
      ...UPSTREAM,
      architectures: ARCHITECTURES,
      write: 'branch',
    })
    const repository = await readRepository(store, UPSTREAM.upstreamRemotes)
    const { series } = await findSeries(store, { ...repository, head: tip })
    expect(series.patches.slice(-commits.length).map(({ id }) => id)).toEqual(
      commits.map(({ recipe }) => `recipe:${recipe}`),
    )
  })
  test('give the same commits for the same inputs', async () => {
    const tips = new Set<Oid>()
    for (let run = 0; run < 2; run++) {
      const { store } = await demoWorld()
      tips.add((await fixFork(store, { ...UPSTREAM, architectures: ARCHITECTURES, write: 'nothing' })).tip)
    }
    expect(tips.size).toBe(1)
  })
  test('do not overwrite what a person put on the branch', async () => {
    const { store, ...world } = await demoWorld()
    world.git('checkout', '--quiet', '-b', 'multiarch/audit')
    world.git('commit', '--quiet', '--allow-empty', '-m', 'Mine')
    world.git('checkout', '--quiet', 'main')
    await expect(
      fixFork(store, { ...UPSTREAM, branch: 'main', architectures: ARCHITECTURES, write: 'branch' }),
    ).rejects.toThrow(Refusal)
  })
})
