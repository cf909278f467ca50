import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { renderCommandReference } from '../src/core/commands/render-command-reference.ts'
import { renderOwnWorkflow } from '../src/core/explain/init/render-own-workflow.ts'
import { renderConfigReference } from '../src/core/config/render-config-reference.ts'

const DOCS = join(import.meta.dirname, '../docs')

test.each([
  ['configuration.md', renderConfigReference],
  ['commands.md', renderCommandReference],
])('docs/%s is what the code says; `npm run docs` writes it anew', (page, render) => {
  expect(readFileSync(join(DOCS, page), 'utf8')).toBe(render())
})

test('the workflow in docs/actions.md is the one that `multiarch init --workflow` writes, for both names of a default branch', () => {
  const page = readFileSync(join(DOCS, 'actions.md'), 'utf8')
  expect(page).toContain(`\n\`\`\`yaml\n${renderOwnWorkflow(['master', 'main'])}\`\`\`\n`)
})

test('every link of docs/conveniences.md leads to a place that is there, and every row says y, p with more, or n', () => {
  const page = readFileSync(join(DOCS, 'conveniences.md'), 'utf8')
  const rows = page.split('\n').filter((line) => /^\| [^|]*[a-z]/.test(line))
  expect(rows.length).toBeGreaterThan(15)
  for (const row of rows) expect(row).toMatch(/ \| (?:y \| .*\]\(.*|p \| .*\]\(.*|n \| .*)\|$/)
  for (const [, file = '', anchor] of page.matchAll(/\]\(([\w./-]+)(?:#([\w-]+))?\)/g)) {
    expect([file, existsSync(join(DOCS, file))]).toEqual([file, true])
    if (anchor !== undefined) expect(placesOf(file)).toContain(anchor)
  }
})

/** The places of a page as GitHub names them. */
function placesOf(file: string): readonly string[] {
  return [...readFileSync(join(DOCS, file), 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, head = '']) =>
    head
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  )
}

test('each row of what people look for says where it stands, and links to what there is', () => {
  const text = readFileSync(join(import.meta.dirname, '../docs/conveniences.md'), 'utf8')
  const rows = text.split('\n').filter((line) => /^\| [^|]/.test(line) && !line.startsWith('| | |'))
  expect(rows.length).toBeGreaterThan(20)
  for (const row of rows) expect(row).toMatch(/^\| [^|]+ \| (?:n \|.*|[yp] \| .*\]\([^)]+\).*)\|$/)
})
