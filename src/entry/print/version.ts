import { existsSync, readFileSync } from 'node:fs'

/** The oldest Node.js that this runs on, as `package.json` has it. */
export function neededNode(): string {
  const file = packageFile(new URL('.', import.meta.url))
  const { engines } = JSON.parse(readFileSync(file, 'utf8')) as { engines?: { node?: string } }
  return engines?.node?.replace(/^\D+/, '') ?? '0'
}

/** The version in the nearest `package.json` above: in the source tree, in the built package and beside a bundle alike. */
export function version(): string {
  const file = packageFile(new URL('.', import.meta.url))
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}

/** A file that the package ships beside its `package.json`. */
export function shippedFile(name: string): URL {
  return new URL(name, packageFile(new URL('.', import.meta.url)))
}

function packageFile(folder: URL): URL {
  const file = new URL('package.json', folder)
  const above = new URL('..', folder)
  return existsSync(file) || above.pathname === folder.pathname ? file : packageFile(above)
}
