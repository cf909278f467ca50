import { expect, test } from 'vitest'
import { markdown } from '../../../../src/core/explain/blocks/markdown.ts'
import type { PullRequestFacts } from '../../../../src/core/explain/pull-request-facts.ts'
import { renderNotes } from '../../../../src/core/explain/sections/render-notes.ts'
import { renderVariables } from '../../../../src/core/explain/sections/render-variables.ts'
import type { LintFinding } from '../../../../src/core/plan/lint-finding.ts'
import { release } from '../../../support/pull-request.ts'

const inBoth = (code: LintFinding['code'], key: string): readonly LintFinding[] =>
  ['home', 'work'].map((name) => ({
    code,
    severity: 'warning',
    key,
    message: `\`${key}\` is gone.`,
    file: `inventory/${name}/all.yml`,
    line: 3,
  }))

test('what two inventories set alike is said once, with both places', () => {
  const facts: PullRequestFacts = {
    kind: 'kubespray',
    surface: 'terminal',
    branch: 'main',
    release: release('v2.11.0'),
    lint: [...inBoth('variable-gone', 'mesh_enabled'), ...inBoth('default-changed', 'mesh_mode')],
  }
  const lines = (parts: ReturnType<typeof renderNotes>): readonly string[] =>
    markdown(parts.flatMap(({ full }) => full))
      .split('\n')
      .filter((line) => line.startsWith('- '))
  const places = '(`inventory/home/all.yml:3`, `inventory/work/all.yml:3`)'
  expect(lines(renderVariables(facts))).toEqual([`- \`mesh_enabled\` is gone. ${places}`])
  expect(lines(renderNotes(facts))).toEqual([`- \`mesh_mode\` is gone. ${places}`])
})
