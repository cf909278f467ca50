import { build } from 'esbuild'
import { copyFileSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { removeFolder } from './remove-folder.ts'

const ROOT = join(import.meta.dirname, '../..')

/**
 * The command line as one file with its parts, made anew of the sources: it starts in a quarter of the time they take, and
 * stories that let process after process die start many.
 */
export async function bundledCli(): Promise<{ readonly path: string; remove(this: void): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'multiarch-cli-'))
  const outdir = join(folder, 'dist/entry')
  await build({
    entryPoints: [join(ROOT, 'src/entry/cli.ts')],
    ...{ outdir, bundle: true, splitting: true, platform: 'node', target: 'node20', format: 'esm' },
    outExtension: { '.js': '.mjs' },
    // Some packages are CommonJS inside; what they `require` from an ES module needs a `require`.
    banner: {
      js: "import { createRequire as bundledRequire } from 'node:module'; const require = bundledRequire(import.meta.url);",
    },
    logLevel: 'error',
  })
  copyFileSync(join(ROOT, 'package.json'), join(folder, 'package.json'))
  return { path: join(outdir, 'cli.mjs'), remove: () => removeFolder(folder) }
}
