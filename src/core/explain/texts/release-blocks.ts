import type { ReleaseReport } from '../../catalogue/release-report.ts'
import { short } from '../../model/oid.ts'
import { minorOf } from '../../model/release-tag.ts'
import { heading, list, paragraph, type Block } from '../blocks/block.ts'
import { code, joined, say, type Text } from '../blocks/text.ts'
import { plural } from '../plural.ts'

/** What one release holds. */
export function releaseBlocks(report: ReleaseReport): readonly Block[] {
  const { tag, commit, networkPlugins, containerManager } = report
  return [
    heading(2, say`Kubespray ${tag} (${short(commit)})`),
    ...kubernetesBlocks(report),
    ...componentBlocks(report),
    list([
      say`Add-ons on: ${addonsThat(report, true)}`,
      say`Add-ons off: ${addonsThat(report, false)}`,
      say`Network plugins: ${networkPlugins.join(', ') || 'none named'}`,
      say`Container manager: ${containerManager ?? 'none by default'}`,
      [ansibleSentence(report)],
    ]),
    ...faultBlocks(report),
  ]
}

function kubernetesBlocks({ kubernetes }: ReleaseReport): readonly Block[] {
  const lowest = kubernetes.minimum === undefined ? '' : `, not below ${kubernetes.minimum}`
  const listing = Object.entries(kubernetes.versions).filter(([, versions]) => versions.length > 0)
  const rows = listing.map(([architecture, versions]): readonly Text[] => {
    const minors = [...new Set(versions.map(minorOf))]
    const newest = minors.map((minor) => versions.find((version) => minorOf(version) === minor))
    return [[architecture], [newest.join(', ')], [plural(versions.length, 'version')]]
  })
  const own = kubernetes.default ?? 'none'
  if (rows.length === 0)
    return [
      paragraph(
        say`Kubernetes: ${own} by default${lowest}; it lists no versions that it can install beside.`,
      ),
    ]
  return [
    paragraph(say`Kubernetes: ${own} by default${lowest}; the newest of each minor:`),
    { kind: 'table', head: [['architecture'], ['Kubernetes'], ['in all']], rows },
  ]
}

function componentBlocks({ components }: ReleaseReport): readonly Block[] {
  const on = Object.entries(components).filter(([, { enabled }]) => enabled)
  const off = Object.entries(components).flatMap(([name, { enabled }]) => (enabled ? [] : [name]))
  const rows = on.map(([name, { version = '–', architectures }]): readonly Text[] => [
    [name],
    [version],
    [architectures.join(' ') || 'on no architecture'],
  ])
  return [
    paragraph(say`Components that are on by default:`),
    { kind: 'table', head: [['component'], ['version'], ['architectures']], rows },
    ...(off.length > 0 ? [paragraph(say`Off by default: ${off.join(', ')}`)] : []),
  ]
}

function addonsThat({ addons }: ReleaseReport, isOn: boolean): string {
  const names = Object.entries(addons)
    .filter(([, each]) => each.default === isOn)
    .map(([flag]) => flag.replace(/_enabled$/, ''))
  return names.join(', ') || 'none'
}

function ansibleSentence({ ansible }: ReleaseReport): string {
  if (ansible.min === undefined) return 'Ansible: not checked'
  return `Ansible: ${ansible.min} or newer${ansible.maxExclusive ? `, below ${ansible.maxExclusive}` : ''}`
}

/** Only what is on by default, or stops all: what cannot be had and is not asked for harms nobody. */
function faultBlocks({ faults }: ReleaseReport): readonly Block[] {
  const rows = faults.filter(({ enabledWith, stopsAll }) => stopsAll || enabledWith.length > 0)
  const byArchitecture = new Map<string, Set<string>>()
  for (const { architecture, component, kubernetes } of rows) {
    const minors = kubernetes && [...new Set(kubernetes.map(minorOf))].join(', ')
    const known = byArchitecture.get(architecture) ?? new Set()
    byArchitecture.set(architecture, known.add(minors ? `${component} with Kubernetes ${minors}` : component))
  }
  if (byArchitecture.size === 0) return []
  return [
    paragraph(say`What cannot be installed, with some container manager or network plugin at least:`),
    {
      kind: 'table',
      head: [['architecture'], ['component']],
      rows: [...byArchitecture].map(([architecture, names]) => [
        [code(architecture)],
        joined(
          [...names].map((name) => [name]),
          ', ',
        ),
      ]),
    },
  ]
}
