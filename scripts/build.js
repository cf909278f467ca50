// Builds the doors that a clone has: `dist/entry/*.js` from `src/entry/*.ts`, each with what it needs, in a few files instead of five
// hundred, since most of a short command's time went into opening them. What only servers load stays in node_modules.
import { build } from 'esbuild'
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const DOORS = 'src/entry'
const OUT = 'dist/entry'
/** What runs without node_modules: `npm run bundle` makes them. */
const BUNDLED = ['lambda.ts', 'action.ts']
/** Loaded by `serve`, `worker` and `sweep` alone, which start once and run for long. */
const SERVERS = ['probot', 'bullmq', 'ioredis', 'prom-client', '@octokit/*']

// Some packages are CommonJS inside; what they `require` from an ES module needs a `require`.
const banner =
  "import { createRequire as builtRequire } from 'node:module'; const require = builtRequire(import.meta.url);"

rmSync(OUT, { recursive: true, force: true })
await build({
  entryPoints: readdirSync(DOORS)
    .filter((file) => file.endsWith('.ts') && !BUNDLED.includes(file))
    .map((file) => join(DOORS, file)),
  outdir: OUT,
  bundle: true,
  splitting: true,
  sourcemap: true,
  external: SERVERS,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  chunkNames: 'part-[hash]',
  banner: { js: banner },
  logLevel: 'warning',
})
