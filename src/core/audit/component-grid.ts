import { downloadEntries, renderEntry } from '../catalogue/downloads.ts'
import type { Architecture } from '../model/arch.ts'
import type { PlainMap, PlainValue } from '../yaml/plain-value.ts'
import { wordsIn } from './architecture-words.ts'
import { renderedOn, type Audited } from './audited.ts'
import { auditDownloads, imageOf } from './downloads.ts'

/**
 * `checked`: downloaded and checked · `fails`: its checksum is missing, zero or another file's · `image`: an image whose
 * registry is asked when it runs · `wrong`: an image named for another architecture
 */
export type GridCell = 'checked' | 'fails' | 'image' | 'wrong'

/** What one component is on each architecture of a cluster. */
export interface GridRow {
  readonly component: string
  readonly version: string | undefined
  readonly cells: Readonly<Partial<Record<Architecture, GridCell>>>
}

/** Every component that these settings install, by architecture, in the order of the release. */
export function componentGrid(source: Audited): readonly GridRow[] {
  const failing = new Map<string, readonly Architecture[]>()
  for (const { severity, subject, architectures } of auditDownloads(source)) {
    if (severity === 'error') failing.set(subject, [...(failing.get(subject) ?? []), ...architectures])
  }
  return [...downloadEntries(source.definitions)].flatMap(([component, raw]) => {
    if (!(raw instanceof Map)) return []
    const { enabled, file } = renderEntry(source.variables, [component, raw], { architecture: 'amd64' })
    if (!enabled) return []
    const fails = failing.get(component) ?? []
    const cells = source.architectures.map((architecture): [Architecture, GridCell] => {
      if (file) return [architecture, fails.includes(architecture) ? 'fails' : 'checked']
      const image = imageOf({ name: component, fields: raw as PlainMap }, source, architecture)
      const words = wordsIn(image ?? '')
      const isWrong = words.length > 0 && words.every((word) => word.architecture !== architecture)
      return [architecture, isWrong ? 'wrong' : 'image']
    })
    return [{ component, version: versionOf(component, raw, source), cells: Object.fromEntries(cells) }]
  })
}

function versionOf(name: string, raw: PlainValue, source: Audited): string | undefined {
  const fields = raw as PlainMap
  const field = fields.has('version') ? 'version' : 'tag'
  const value = renderedOn(source, { name: `grid ${field} ${name}`, value: fields.get(field) }, 'amd64')
  return value === undefined || value === '' || value === 'None' ? undefined : value
}
