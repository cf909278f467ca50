// Bundles the doors that run without node_modules: dist/lambda (AWS Lambda) and dist/action (GitHub Actions). Another folder than
// dist may be named.
import { build } from 'esbuild'
import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

// Some packages are CommonJS inside; what they `require` from an ES module needs a `require`.
const banner =
  "import { createRequire as bundledRequire } from 'node:module'; const require = bundledRequire(import.meta.url);"

const targets = {
  lambda: ['src/entry/lambda.ts'],
  action: ['src/entry/action.ts'],
}

const folder = process.argv[2] ?? 'dist'

for (const [name, entryPoints] of Object.entries(targets)) {
  const outdir = join(folder, name)
  rmSync(outdir, { recursive: true, force: true })
  await build({
    entryPoints,
    outdir,
    bundle: true,
    splitting: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    outExtension: { '.js': '.mjs' },
    chunkNames: 'part-[hash]',
    banner: { js: banner },
    legalComments: 'none',
    logLevel: 'warning',
  })
  const size = readdirSync(outdir).reduce((sum, file) => sum + statSync(join(outdir, file)).size, 0)
  console.log(`${outdir}: ${Math.round(size / 1024)} KB`)
}
