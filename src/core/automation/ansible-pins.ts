import { compareVersions } from '../model/release-tag.ts'

/** A place that says which Ansible is installed. */
export interface AnsiblePin {
  readonly file: string
  /** From 1. */
  readonly line: number
  /** As it is written: `ansible-core<2.16`. */
  readonly written: string
  /** The versions of ansible-core that it takes, as far as it bounds them: from one on, and below one. */
  readonly from?: string
  readonly below?: string
}

/** The places of these files that pin Ansible: requirements, commands that install it, and what Poetry, Pipenv and conda are told. */
export function ansiblePins(texts: ReadonlyMap<string, string>): readonly AnsiblePin[] {
  return [...texts].flatMap(([file, text]) => {
    if (!text.includes('ansible') || /\.(?:md|rst|adoc)$/i.test(file)) return []
    return text.split('\n').flatMap((line, index) => {
      if (/^\s*(?:#|\/\/)/.test(line) || line.length > LONGEST) return []
      const found = [...line.matchAll(PIN), ...inOtherForm(file, line)]
      return found.map(([written, core, bounds = '']): AnsiblePin => {
        return { file, line: index + 1, written, ...rangeOf(bounds, core !== undefined) }
      })
    })
  })
}

/** No person writes a longer one. */
const LONGEST = 2000

const PIN =
  /(?<![\w./-])ansible(-core)?\s?((?:[<>=~]=|[<>])\s?\d[\d.*]*(?:\s?,\s?(?:[<>=~!]=|[<>])\s?\d[\d.*]*)*)/g

type Found = readonly [written: string, core: string | undefined, bounds: string]

/** What Poetry and Pipenv (`ansible = "^9.5"`) or conda (`- ansible-core=2.15`) are told, with bounds as `pip` has them. */
function inOtherForm(file: string, line: string): readonly Found[] {
  if (/(?:^|\/)(?:Pipfile|pyproject\.toml)$/.test(file)) {
    const [written, core, bounds] = TABLE_ENTRY.exec(line.trim()) ?? []
    return written === undefined || bounds === undefined ? [] : [[written.trim(), core, boundsOf(bounds)]]
  }
  if (!/(?:^|\/)[^/]*(?:environment|conda)[^/]*\.ya?ml$/i.test(file)) return []
  const [, written, core, version] = CONDA_ENTRY.exec(line.trim()) ?? []
  return written === undefined || version === undefined ? [] : [[written, core, `==${version}`]]
}

const TABLE_ENTRY = /^["']?ansible(-core)?["']?\s*=\s*(?:\{[^}]*\bversion\s*=\s*)?["']([^"']+)["']/
const CONDA_ENTRY = /^-\s+["']?(?:[\w-]+::)?(ansible(-core)?\s?=(\d[\d.*]*))/

/** `^9.5` stays below 10, `~2.15.1` below 2.16; a bare version is that one. */
function boundsOf(written: string): string {
  const [, sign = '', version] = /^([\^~]?)(\d[\d.*]*)$/.exec(written.trim()) ?? []
  if (version === undefined) return written
  if (sign === '') return `==${version}`
  const parts = version.split('.').map(Number)
  return `>=${version},<${next(parts.slice(0, sign === '~' ? 2 : 1))}`
}

/** Those that leave nothing of what a release takes. */
export function refusedPins(
  pins: readonly AnsiblePin[],
  { min, maxExclusive }: { readonly min: string | undefined; readonly maxExclusive: string | undefined },
): readonly AnsiblePin[] {
  return min === undefined ? [] : pins.filter((pin) => !takesAnsible(pin, { min, maxExclusive }))
}

/** Whether what a pin takes has something between these bounds. */
export function takesAnsible(
  { from = '0', below }: Pick<AnsiblePin, 'from' | 'below'>,
  needs: { readonly min: string; readonly maxExclusive?: string | undefined },
): boolean {
  if (below !== undefined && compareVersions(below, needs.min) <= 0) return false
  return needs.maxExclusive === undefined || compareVersions(from, needs.maxExclusive) < 0
}

type Range = Pick<AnsiblePin, 'from' | 'below'>

/** A version that a bound names, as one of ansible-core. */
interface Bound {
  readonly core: readonly number[]
  /** Versions of the community's package hold one minor each, whatever their patch. */
  readonly isMinor: boolean
  /** Whether an older patch of that minor is below it. */
  readonly isWithin: boolean
}

function rangeOf(bounds: string, isCore: boolean): Range {
  let range: Range = {}
  for (const [, operator = '', version = ''] of bounds.matchAll(/([<>=~!]=|[<>])\s?(\d[\d.*]*)/g)) {
    const parts = version
      .split('.')
      .filter((part) => /^\d+$/.test(part))
      .map(Number)
    const bound = isCore ? { core: parts, isMinor: false, isWithin: false } : boundOf(parts)
    if (bound) range = narrowed(range, operator, bound)
  }
  return range
}

/** The community's package of version 4 brought ansible-core 2.11, and each one after it the next minor. */
function boundOf(parts: readonly number[]): Bound | undefined {
  const [major = 0, ...rest] = parts
  if (major === 2) return { core: parts, isMinor: false, isWithin: false }
  if (major < 4) return undefined
  return { core: [2, major + 7], isMinor: true, isWithin: rest.some((part) => part > 0) }
}

function narrowed(range: Range, operator: string, { core, isMinor, isWithin }: Bound): Range {
  const version = core.join('.')
  switch (operator) {
    case '<':
      return { ...range, below: isWithin ? next(core) : version }
    case '<=':
      return { ...range, below: next(core) }
    case '>':
    case '>=':
      return { ...range, from: version }
    case '==':
      return { from: version, below: next(core) }
    case '~=':
      return { from: version, below: next(isMinor || core.length === 1 ? core : core.slice(0, -1)) }
    default:
      return range
  }
}

function next(version: readonly number[]): string {
  return [...version.slice(0, -1), (version.at(-1) ?? 0) + 1].join('.')
}
