import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { minVersion, satisfies } from 'semver'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '..')

function read<T>(name: string): T {
  return JSON.parse(readFileSync(join(ROOT, name), 'utf8')) as T
}

const { engines } = read<{ engines: { node: string } }>('package.json')
const { packages } = read<{
  packages: Readonly<
    Record<string, { readonly version?: string; readonly engines?: { readonly node?: string } }>
  >
}>('package-lock.json')

/** The lowest that we say we run on, and the one that the image and the Action are. */
const LOWEST = minVersion(engines.node)?.version ?? 'none'
const SHIPPED = '24.0.0'

test.each([LOWEST, SHIPPED])(
  'every package that is installed runs on Node %s, so that `npm ci` warns of nothing',
  (node) => {
    const others = Object.entries(packages).filter(([path]) => path !== '')
    expect(others.length).toBeGreaterThan(100)
    const wrong = others
      .filter(([, { engines: asked }]) => asked?.node !== undefined && !satisfies(node, asked.node))
      .map(([path, { version, engines: asked }]) => `${path}@${version} wants ${asked?.node}`)
    expect(wrong).toEqual([])
  },
)

test('the lock file says the same as package.json', () => {
  expect(packages['']?.engines).toEqual(engines)
})
