import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { roundTrip } from '../../support/round-trip.ts'

const FIXTURES = join(import.meta.dirname, '../../../fixtures')

/** The YAML of every inventory there is in the fixtures, but for what is no YAML on purpose or encrypted as a whole. */
const files = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\/inventory\/.*\.ya?ml$/.test(path) && !path.endsWith('broken.yml'))
  .map((path) => [path, readFileSync(join(FIXTURES, path), 'utf8')] as const)
  .filter(([, text]) => !text.startsWith('$ANSIBLE_VAULT'))

/** `bench/yaml-roundtrip.ts` asks the same of every inventory upstream ever released. */
describe('everything in a fixture can be set, taken away, commented out and renamed, and nothing else changes', () => {
  test.each(files)('%s', (_path, text) => {
    const result = roundTrip(text)
    expect(result?.failures).toEqual([])
    expect(result?.scalars).toBeGreaterThan(0)
  })
})
