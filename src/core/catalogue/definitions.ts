import { addTo } from '../model/collections/grouped.ts'
import type { PlainValue } from '../yaml/values/plain-value.ts'
import type { ReleaseFiles } from './release-files.ts'

/** One place that gives a variable its value. */
export interface DefinitionOf {
  readonly name: string
  readonly path: string
  readonly line: number
  readonly value: PlainValue
}

/** Every place that defines a variable, in the order of paths. */
export type Definitions = ReadonlyMap<string, readonly DefinitionOf[]>

/**
 * All definitions of some files. Constants (`vars/`) come after defaults, as they outrank them; the last one
 * wins.
 */
export function definitionsIn(files: ReleaseFiles, paths: readonly string[]): Definitions {
  const definitions = new Map<string, DefinitionOf[]>()
  const defaultsFirst = [...paths.filter((path) => !isConstants(path)), ...paths.filter(isConstants)]
  for (const path of defaultsFirst) {
    const { values, lines } = files.values(path)
    for (const [name, value] of values) {
      const definition = { name, path, line: lines.get(name) ?? 1, value }
      addTo(definitions, name, definition)
    }
  }
  return definitions
}

/** The definition that wins. */
export function winning(definitions: Definitions, name: string): DefinitionOf | undefined {
  return definitions.get(name)?.at(-1)
}

function isConstants(path: string): boolean {
  return path.includes('/vars/')
}
