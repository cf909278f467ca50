import { auditArchitectureGroups, MACHINES } from '../rules/audit-architecture-groups.ts'
import { Draft, type RecipeResult, type Recipe, type RecipeJob } from './recipe.ts'

/** Adds what `uname -m` says on nodes of an architecture to the release's map. */
export const architectureGroups: Recipe = {
  name: 'architecture-groups',
  title: 'Know the architectures of all nodes',
  intent:
    'The map from what a node calls its architecture to what the download servers call it lacked some of this cluster, so those nodes asked for files that do not exist.',
  look: auditArchitectureGroups,
  apply: (job) => edit(job),
}

function edit({ source, findings }: RecipeJob): RecipeResult {
  const draft = new Draft((path) => source.text(path))
  for (const { file, subject, architectures } of findings) {
    for (const architecture of architectures) {
      const machine = MACHINES[architecture]
      if (machine !== undefined)
        draft.change(file, (lines) => withRow(lines, subject, `${machine}: ${architecture}`))
    }
  }
  return { texts: draft.changed(), notes: [] }
}

/** Below the last row of the map, as far to the right as that one. */
function withRow(lines: readonly string[], variable: string, row: string): readonly string[] {
  const start = lines.findIndex((line) => new RegExp(`^\\s*${variable}:\\s*$`).test(line))
  let last = start
  while (/^\s+\w+:\s*\w+\s*$/.test(lines[last + 1] ?? '')) last++
  if (start < 0 || last === start || lines.slice(start, last + 1).some((line) => line.trim() === row))
    return lines
  const indent = /^\s*/.exec(lines[last] ?? '')?.[0] ?? ''
  return [...lines.slice(0, last + 1), `${indent}${row}`, ...lines.slice(last + 1)]
}
