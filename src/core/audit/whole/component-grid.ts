import { downloadEntries, firstVariable, renderEntry } from '../../catalogue/download-entries.ts'
import { printedScalar } from '../../catalogue/jinja/value.ts'
import type { Architecture } from '../../model/architecture.ts'
import type { ImageAnswers } from '../../model/image-name.ts'
import type { PlainMap, PlainValue } from '../../yaml/values/plain-value.ts'
import type { OpenCluster } from './audit-tree.ts'
import { wordsIn } from '../words-in.ts'
import { renderedOn, type Audited } from '../audited.ts'
import type { FindingCode, Found } from '../finding.ts'
import { answerOn, usedImages, type UsedImage } from '../rules/audit-image-answers.ts'

/**
 * `checked`: downloaded and checked · `fails`: its checksum is missing, zero or another file's, or its entry cannot be worked out · `image`: an image whose
 * nobody asked, or could · `held`: an image that its registry has for it · `lacks`: one that it has not · `wrong`: an image
 * named for another architecture
 */
export type GridCell = 'checked' | 'fails' | 'image' | 'held' | 'lacks' | 'wrong'

/** What one component is on each architecture of a cluster. */
export interface GridRow {
  readonly component: string
  readonly version: string | undefined
  readonly cells: Readonly<Partial<Record<Architecture, GridCell>>>
}

/** Every component that these settings install, by architecture, in the order of the release: what the findings say, as a table. */
export function componentGrid(
  { source, roles }: OpenCluster,
  findings: readonly Found[],
  answers: ImageAnswers = new Map(),
): readonly GridRow[] {
  const images = new Map(usedImages(source, roles).map((image) => [image.container.name, image]))
  const fails = (component: string, architecture: Architecture): boolean =>
    findings.some(
      ({ severity, subject, architectures, code }) =>
        severity !== 'notice' &&
        subject === component &&
        architectures.includes(architecture) &&
        FAILS.includes(code),
    )
  return [...downloadEntries(source.definitions)].flatMap(([component, raw]) => {
    if (!(raw instanceof Map)) return []
    const on = source.architectures.map(
      (architecture) =>
        [architecture, renderEntry(source.variables, [component, raw], { architecture })] as const,
    )
    if (on.every(([, { enabled }]) => !enabled)) return []
    const cells = on.flatMap(
      ([architecture, { enabled, file }]): readonly (readonly [Architecture, GridCell])[] => {
        if (!enabled) return []
        if (fails(component, architecture)) return [[architecture, 'fails']]
        if (file) return [[architecture, 'checked']]
        const image = images.get(component)
        return [[architecture, image ? imageCell(image, architecture, answers) : 'image']]
      },
    )
    return [{ component, version: versionOf(component, raw, source), cells: Object.fromEntries(cells) }]
  })
}

/** What keeps a component from being downloaded. */
const FAILS: readonly FindingCode[] = [
  'missing-checksum',
  'missing-version',
  'undefined-variable',
  'single-checksum',
  'shared-checksum',
  'architecture-in-url',
]

function imageCell(image: UsedImage, architecture: Architecture, answers: ImageAnswers): GridCell {
  const answer = answerOn(image, architecture, answers)
  if (answer?.kind === 'found') return answer.architectures.includes(architecture) ? 'held' : 'lacks'
  if (answer?.kind === 'absent') return 'lacks'
  const words = wordsIn(image.names.get(architecture) ?? '')
  return words.length > 0 && words.every((word) => word.architecture !== architecture) ? 'wrong' : 'image'
}

/** What an entry says itself; entries of later releases name their version only in the address. */
function versionOf(name: string, raw: PlainValue, source: Audited): string | undefined {
  const fields = raw as PlainMap
  const field = fields.has('version') ? 'version' : 'tag'
  const value = renderedOn(source, { name: `grid ${field} ${name}`, value: fields.get(field) }, 'amd64')
  if (value !== undefined && value !== '' && value !== 'None') return value
  const { definitions, variables } = source
  const variable = firstVariable(fields.get('url'), /_version$/, definitions) ?? `${name}_version`
  return printedScalar(variables.value(variable, { architecture: 'amd64' }))
}
