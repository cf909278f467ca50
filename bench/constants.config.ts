import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

/** What `bench/constants.ts` moves in this run, `<file> <name> <value>`; the file itself stays as it is. */
const [file = '', name = '', value = ''] = (process.env['MOVED'] ?? '').split(' ')

export default defineConfig({
  root: join(import.meta.dirname, '..'),
  plugins: [
    {
      name: 'move-a-constant',
      enforce: 'pre',
      transform(code: string, id: string): string | undefined {
        if (!id.endsWith(`/${file}`)) return undefined
        const moved = code.replace(new RegExp(`(const ${name}\\b[^=\\n]* = )[^\\n]+`), `$1${value}`)
        if (moved === code) throw new Error(`${file} holds no ${name}`)
        return moved
      },
    },
  ],
  test: {
    globalSetup: ['test/support/run-folder.ts'],
    setupFiles: ['test/support/fast-check.ts'],
    include: ['test/**/*.test.ts'],
    isolate: false,
    maxWorkers: 1,
    testTimeout: 60_000,
  },
})
