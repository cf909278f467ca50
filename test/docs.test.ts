import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { renderCommandReference } from '../src/core/commands/render-command-reference.ts'
import { renderConfigReference } from '../src/core/config/render-config-reference.ts'

const DOCS = join(import.meta.dirname, '../docs')

test.each([
  ['configuration.md', renderConfigReference],
  ['commands.md', renderCommandReference],
])('docs/%s is what the code says; `npm run docs` writes it anew', (page, render) => {
  expect(readFileSync(join(DOCS, page), 'utf8')).toBe(render())
})
