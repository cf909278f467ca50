import type { AnsibleNeeds } from './catalogue.ts'
import type { ReleaseFiles } from './release-files.ts'

/** What the release asks of the machine that runs it. */
export function ansibleNeeds(files: ReleaseFiles): AnsibleNeeds {
  const { ansibleGates, requirements, collectionNeeds, ansibleDoc } = files.layout
  const gate = ansibleGates
    .map((path) => ({ path, ...gateIn(files.text(path)) }))
    .find(({ min }) => min !== undefined)
  const table = ansibleDoc === undefined ? [] : pythonTable(files.text(ansibleDoc))
  return {
    path: gate?.path,
    min: gate?.min,
    maxExclusive: gate?.maxExclusive,
    collection: collectionNeeds && collectionNeed(files.text(collectionNeeds)),
    requirements: Object.fromEntries(requirements.map((path) => [path, requirementLines(files.text(path))])),
    python: { path: table.length > 0 ? ansibleDoc : undefined, table },
  }
}

function collectionNeed(text: string): string | undefined {
  const written = /^requires_ansible:(.*)$/m.exec(text)?.[1]?.trim() ?? ''
  return /^["']?([^"']+)["']?$/.exec(written)?.[1]?.trim()
}

/** The bounds are variables since v2.13; before that they stand in the assert itself. */
function gateIn(text: string): { min: string | undefined; maxExclusive: string | undefined } {
  const bound = (name: string): string | undefined =>
    new RegExp(`^[ \\t]*${name}_ansible_version:[ \\t]*["']?([\\d.]+)`, 'm').exec(text)?.[1]
  const asserted = (operator: string): string | undefined =>
    new RegExp(`ansible_version\\.\\w+ is version\\(["']([\\d.]+)["'], *["']${operator}["']\\)`).exec(
      text,
    )?.[1]
  return { min: bound('minimal') ?? asserted('>='), maxExclusive: bound('maximal') ?? asserted('<') }
}

/** A file may only name another one, as a symbolic link does. */
function requirementLines(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => (line.split('#', 1)[0] ?? '').trim())
    .filter((line) => line !== '')
}

/** The rows below the heading "Ansible Python Compatibility". */
function pythonTable(text: string): readonly { ansible: string; python: string }[] {
  const lines = text.split('\n').map((line) => line.trim())
  const start = lines.findIndex((line) => line.endsWith('Ansible Python Compatibility'))
  if (start < 0) return []
  const end = lines.findIndex((line, at) => at > start && line.startsWith('#'))
  return lines.slice(start + 1, end < 0 ? undefined : end).flatMap((line) => {
    const [before, ansible = '', python, after, more] = line.split('|').map((cell) => cell.trim())
    const isRow = before === '' && python !== undefined && after === '' && more === undefined
    return isRow && /\d/.test(ansible) ? [{ ansible, python }] : []
  })
}
