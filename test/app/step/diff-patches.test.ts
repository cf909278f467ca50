import { expect, test } from 'vitest'
import { diffPatches } from '../../../src/app/step/diff-patches.ts'
import type { Entry } from '../../../src/core/model/tree.ts'
import type { CarriedSeries } from '../../../src/core/series/carried-series.ts'
import type { ObjectReader } from '../../../src/ports/object-store.ts'

test('a file whose content the clone lacks is said to be missing, and the others are shown', async () => {
  const entry = (digit: string): Entry => ({ mode: '100644', oid: digit.repeat(40) as Entry['oid'] })
  const patch = {
    id: 'p',
    changes: [
      { path: 'roles/x/tool', after: entry('a') },
      { path: 'roles/x/tasks.yml', after: entry('b') },
    ],
  }
  const after = new Map(patch.changes.map((change) => [change.path, change.after]))
  const carried = { patch, files: [], before: new Map(), after }
  const series = { patches: [carried], newBlobs: new Map() } as unknown as CarriedSeries
  const store = {
    readBlobs: () => Promise.resolve(new Map([[entry('b').oid, new TextEncoder().encode('- x\n')]])),
  }
  const [tool, tasks] = (await diffPatches(store as unknown as ObjectReader, series)).get('p') ?? []
  expect(tool).toMatchObject({ path: 'roles/x/tool', hidden: 'missing' })
  expect(tasks).toMatchObject({ path: 'roles/x/tasks.yml', after: ['@@ -0,0 +1,1 @@', '+- x'] })
})
