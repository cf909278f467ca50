// Copies the data files that the compiled code reads at run time next to it; tsc copies only code.
import { cpSync, mkdirSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'

for (const file of readdirSync('src', { recursive: true, encoding: 'utf8' })) {
  if (!/\.(ya?ml|css)$/.test(file)) continue
  mkdirSync(dirname(join('dist', file)), { recursive: true })
  cpSync(join('src', file), join('dist', file))
}
