import type { ReleaseReport } from '../../core/catalogue/release-report.ts'
import { short } from '../../core/model/oid.ts'
import { minorOf } from '../../core/model/release-tag.ts'
import { wrap } from '../../core/explain/blocks/terminal.ts'

/** A release for the terminal. */
export function printRelease(report: ReleaseReport): string {
  const { tag, commit, networkPlugins, containerManager } = report
  const parts = [
    [`Kubespray ${tag} (${short(commit)})`],
    kubernetesLines(report),
    componentLines(report),
    addonLines(report),
    [
      ...wrap(`Network plugins: ${networkPlugins.join(', ') || 'none named'}`, ''),
      `Container manager: ${containerManager ?? 'none by default'}`,
      ansibleLine(report),
    ],
    faultLines(report),
  ]
  const shown = parts.filter((lines) => lines.length > 0)
  return shown.map((lines) => lines.join('\n')).join('\n\n') + '\n'
}

function kubernetesLines({ kubernetes }: ReleaseReport): readonly string[] {
  const lowest = kubernetes.minimum === undefined ? '' : `, not below ${kubernetes.minimum}`
  const rows = Object.entries(kubernetes.versions).map(([architecture, versions]): Row => {
    const minors = [...new Set(versions.map(minorOf))]
    const newest = minors.map((minor) => versions.find((version) => minorOf(version) === minor))
    return [architecture, `${newest.join(', ')}   (${versions.length} versions)`]
  })
  return [
    `Kubernetes: ${kubernetes.default ?? 'none'} by default${lowest}; the newest of each minor:`,
    ...columns(rows),
  ]
}

type Row = readonly [name: string, text: string]

function componentLines({ components }: ReleaseReport): readonly string[] {
  const rowsOf = (enabled: boolean): readonly Row[] =>
    Object.entries(components)
      .filter(([, component]) => component.enabled === enabled)
      .map(([name, { version = '–', architectures }]) => [
        name,
        `${version.padEnd(12)} ${architectures.join(' ') || 'on no architecture'}`,
      ])
  const off = rowsOf(false).map(([name]) => name)
  return [
    'Components that are on by default:',
    ...columns(rowsOf(true)),
    ...(off.length > 0 ? wrap(`Off by default: ${off.join(', ')}`, '') : []),
  ]
}

function addonLines({ addons }: ReleaseReport): readonly string[] {
  const named = (isOn: boolean): string =>
    Object.entries(addons)
      .filter(([, each]) => each.default === isOn)
      .map(([flag]) => flag.replace(/_enabled$/, ''))
      .join(', ') || 'none'
  return [...wrap(`Add-ons on: ${named(true)}`, ''), ...wrap(`Add-ons off: ${named(false)}`, '')]
}

function ansibleLine({ ansible }: ReleaseReport): string {
  if (ansible.min === undefined) return 'Ansible: not checked'
  return `Ansible: ${ansible.min} or newer${ansible.maxExclusive ? `, below ${ansible.maxExclusive}` : ''}`
}

/** Only what is on by default, or stops all: what cannot be had and is not asked for harms nobody. */
function faultLines({ faults }: ReleaseReport): readonly string[] {
  const rows = faults.filter(({ enabledWith, stopsAll }) => stopsAll || enabledWith.length > 0)
  const byArchitecture = new Map<string, string[]>()
  for (const { architecture, component, kubernetes } of rows) {
    const minors = kubernetes && [...new Set(kubernetes.map(minorOf))].join(', ')
    const text = minors ? `${component} with Kubernetes ${minors}` : component
    const known = byArchitecture.get(architecture) ?? []
    byArchitecture.set(architecture, known.includes(text) ? known : [...known, text])
  }
  if (byArchitecture.size === 0) return []
  return [
    'What cannot be installed, with some container manager or network plugin at least:',
    ...[...byArchitecture].flatMap(([architecture, list]) => {
      const [first = '', ...rest] = wrap(list.join(', '), ' '.repeat(11))
      return [`  ${architecture.padEnd(9)}${first.trimStart()}`, ...rest]
    }),
  ]
}

function columns(rows: readonly Row[]): readonly string[] {
  const width = Math.max(0, ...rows.map(([name]) => name.length))
  return rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`)
}
