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
    collection:
      collectionNeeds &&
      /^requires_ansible:\s*["']?([^"'\n]+?)["']?\s*$/m.exec(files.text(collectionNeeds))?.[1],
    requirements: Object.fromEntries(requirements.map((path) => [path, requirementLines(files.text(path))])),
    python: { path: table.length > 0 ? ansibleDoc : undefined, table },
  }
}

/** The bounds are variables since v2.13; before that they stand in the assert itself. */
function gateIn(text: string): { min: string | undefined; maxExclusive: string | undefined } {
  const bound = (name: string): string | undefined =>
    new RegExp(`^\\s*${name}_ansible_version:\\s*["']?([\\d.]+)`, 'm').exec(text)?.[1]
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
    .map((line) => line.replace(/\s*#.*$/, '').trim())
    .filter((line) => line !== '')
}

/** The rows below the heading "Ansible Python Compatibility". */
function pythonTable(text: string): readonly { ansible: string; python: string }[] {
  const section =
    /Ansible Python Compatibility\s*\n(?<body>[\s\S]*?)(?:\n#|$)/.exec(text)?.groups?.['body'] ?? ''
  return [...section.matchAll(/^\|\s*([^|]*?\d[^|]*?)\s*\|\s*([^|]*?)\s*\|\s*$/gm)].map((match) => ({
    ansible: match[1] as string,
    python: match[2] as string,
  }))
}
