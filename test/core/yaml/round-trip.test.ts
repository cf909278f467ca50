import { describe, expect, test } from 'vitest'
import { caseFiles, inventoryCases } from '../../support/inventory.ts'
import { roundTrip } from '../../support/round-trip.ts'

const files = inventoryCases().flatMap((name) =>
  (['before', 'after'] as const).flatMap((side) =>
    [...caseFiles(name, side)]
      .filter(
        ([path, text]) =>
          /\.ya?ml$/.test(path) && !path.endsWith('broken.yml') && !text.startsWith('$ANSIBLE_VAULT'),
      )
      .map(([path, text]) => [`${name}/${side}/${path}`, text] as const),
  ),
)

/** `bench/yaml-roundtrip.ts` asks the same of every inventory upstream ever released. */
describe('everything in a fixture can be set, taken away, commented out and renamed, and nothing else changes', () => {
  test.each(files)('%s', (_path, text) => {
    const result = roundTrip(text)
    expect(result?.failures).toEqual([])
    expect(result?.scalars).toBeGreaterThan(0)
  })
})
