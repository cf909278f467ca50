import { spawnSync } from 'node:child_process'

// `npm run demo`: the main job on a clone, as built. `npm run demo -- --app`: the App, over HTTP, against the tests' own GitHub,
// which is part of no package and runs from its sources.
const [, , ...args] = process.argv
const program = args.includes('--app') ? ['--import', 'tsx', 'test/demo-app.ts'] : ['dist/entry/demo.js']
const { status } = spawnSync(process.execPath, [...program, ...args], { stdio: 'inherit' })
process.exit(status ?? 1)
