import { expect, test } from 'vitest'
import type { Job } from '../../../src/app/jobs/job.ts'
import { ReleaseWatch, sweep } from '../../../src/app/jobs/sweep.ts'
import { PartlyListed } from '../../../src/ports/partly-listed.ts'
import { historyIn } from '../../support/history.ts'
import { memoryHost } from '../../support/memory-host.ts'
import { recordingQueue } from '../../support/recording-queue.ts'

const NOW = Date.UTC(2026, 0, 1)
const quiet = { info: () => {}, error: () => {} }

function world() {
  const host = memoryHost()
  const queue = recordingQueue<Job>()
  return { host, queue, clock: { now: () => NOW }, log: quiet }
}

test('every repository is looked at, each at its own time', async () => {
  const all = world()
  for (let index = 0; index < 250; index++) all.host.add(`us/cluster-${index}`)
  expect(await sweep(all)).toBe(250)
  const first = all.queue.put.map(({ key, notBefore }) => `${key} ${notBefore}`)
  expect(new Set(first).size).toBe(250)
  const again = world()
  for (let index = 0; index < 250; index++) again.host.add(`us/cluster-${index}`)
  await sweep(again)
  expect(again.queue.put.map(({ key, notBefore }) => `${key} ${notBefore}`)).toEqual(first)
})

test('a new release upstream sweeps at once, and only then', async () => {
  const all = world()
  const upstream = all.host.add('kubernetes-sigs/kubespray')
  const history = historyIn(upstream.objects)
  await history.commit('v2.29.0', { a: '1\n' }, { ref: 'refs/tags/v2.29.0' })
  const watch = new ReleaseWatch({ owner: 'kubernetes-sigs', name: 'kubespray' }, all)
  expect(await watch.look()).toBe('unchanged')
  expect(await watch.look()).toBe('unchanged')
  expect(all.queue.put).toEqual([])
  await history.commit('v2.30.0', { a: '2\n' }, { ref: 'refs/tags/v2.30.0' })
  expect(await watch.look()).toBe('swept')
  expect(all.queue.put).toHaveLength(1)
  expect(await watch.look()).toBe('unchanged')
})

test('a sweep that failed is made good by the next look', async () => {
  const all = world()
  const upstream = all.host.add('kubernetes-sigs/kubespray')
  const history = historyIn(upstream.objects)
  const watch = new ReleaseWatch({ owner: 'kubernetes-sigs', name: 'kubespray' }, all)
  await watch.look()
  await history.commit('v2.30.0', { a: '2\n' }, { ref: 'refs/tags/v2.30.0' })
  all.queue.broken = true
  await expect(watch.look()).rejects.toThrow()
  all.queue.broken = false
  expect(await watch.look()).toBe('swept')
})

test('where some installations did not answer the others are looked at, and the release is still owed', async () => {
  const all = world()
  const upstream = all.host.add('kubernetes-sigs/kubespray')
  all.host.add('me/kubespray')
  const history = historyIn(upstream.objects)
  const watch = new ReleaseWatch({ owner: 'kubernetes-sigs', name: 'kubespray' }, all)
  await watch.look()
  await history.commit('v2.30.0', { a: '2\n' }, { ref: 'refs/tags/v2.30.0' })
  const installed = all.host.installed.bind(all.host)
  all.host.installed = async () => {
    throw new PartlyListed((await installed()).slice(1), new Error('no answer'))
  }
  await expect(watch.look()).rejects.toThrow('could not be asked')
  expect(all.queue.put.map(({ key }) => key)).toEqual(['sweep:me/kubespray'])
  all.host.installed = installed
  expect(await watch.look()).toBe('swept')
  expect(await watch.look()).toBe('unchanged')
})
