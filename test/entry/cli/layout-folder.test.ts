import { expect, test } from 'vitest'
import { HOME, infrastructure } from '../../support/infrastructure.ts'
import { multiarch } from '../../support/run-multiarch.ts'
import { commitFile } from '../../support/step.ts'

test('an inventory inside of the folder is named from the top of the repository: in the text, for programs, and in titles of commits', async () => {
  const { world, upstream } = await infrastructure({ files: { 'README.md': 'Ours\n' }, copy: 'deploy/ks' })
  world.git('reset', '--quiet', '--hard')
  for (const [path, text] of Object.entries(HOME))
    commitFile(world, `deploy/ks/${path}`, text, 'Our inventory')
  const where = [world.path, '--upstream', upstream.path]
  const home = 'deploy/ks/inventory/home'

  const plan = JSON.parse((await multiarch('plan', ...where, '--json')).out) as { inventories: object[] }
  expect(plan.inventories).toMatchObject([{ path: home }])
  const audit = JSON.parse((await multiarch('audit', ...where, '--json')).out) as { inventories: string[] }
  expect(audit.inventories).toEqual([home])

  const { out } = await multiarch('upgrade', ...where, '--onto', 'v2.9.0', '--json')
  const { inventory, body } = JSON.parse(out) as { inventory: { file: string }[]; body: string }
  expect(inventory.length).toBeGreaterThan(0)
  for (const { file } of inventory) expect(world.git('ls-tree', '--name-only', 'main', file)).toBe(file)
  const titles = world.git('log', '--format=%s', 'main..multiarch/kubespray-2.9.0').split('\n')
  expect(titles).toContainEqual(expect.stringMatching(/^deploy\/ks\/inventory\/home: kube_version /))
  expect(`${body}\n${titles.join('\n')}`).not.toMatch(/(?<!deploy\/ks\/)inventory\/home/)
})
