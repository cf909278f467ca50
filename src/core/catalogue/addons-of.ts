import type { Addon, SampleVariable } from './catalogue.ts'
import { winning, type Definitions } from './definitions.ts'
import { printed } from './jinja/value.ts'
import type { ReleaseFiles } from './release-files.ts'

/** Where the sample inventory offers its add-ons, and the file of cluster-wide settings beside it. */
interface SamplePaths {
  readonly addons: string | undefined
  readonly cluster: string | undefined
}

/** Finds the two sample files by name; their folder was `k8s-cluster` until v2.15. */
export function samplePaths(files: ReleaseFiles): SamplePaths {
  const find = (name: string): string | undefined =>
    files.layout.sampleVariables.find((path) => path.endsWith(`/${name}`))
  return { addons: find('addons.yml'), cluster: find('k8s-cluster.yml') }
}

interface AddonSource {
  readonly files: ReleaseFiles
  readonly sample: readonly SampleVariable[]
  readonly definitions: Definitions
}

/** The switches of add-ons: those of the add-ons file, and those that stand among the cluster's settings. */
export function addonsOf({ files, sample, definitions }: AddonSource): Readonly<Record<string, Addon>> {
  const paths = samplePaths(files)
  const addons: Record<string, Addon> = {}
  for (const { name, path, line, value, commented } of sample) {
    if (path !== paths.addons && path !== paths.cluster) continue
    if (!(isSwitch(name) || name === 'enable_nodelocaldns') || (addons[name] && path !== paths.addons))
      continue
    const definition = winning(definitions, name)
    addons[name] = {
      sample: writtenAt(files.text(path), line) ?? value,
      commented,
      samplePath: path,
      default: definition && printed(definition.value),
      defaultPath: definition?.path,
    }
  }
  return addons
}

/** What stands after the colon on a line, quotes and all. */
function writtenAt(text: string, line: number): string | undefined {
  const value = /^#*\s*\w+:\s(.*)$/s.exec(text.split('\n')[line - 1] ?? '')?.[1]?.trim()
  return value === '' ? undefined : value
}

/** Every switch that any role has a default for. */
export function switchesOf(definitions: Definitions): Readonly<Record<string, string>> {
  const switches: Record<string, string> = {}
  for (const name of definitions.keys()) {
    if (isSwitch(name)) switches[name] = printed(winning(definitions, name)?.value)
  }
  return switches
}

/** One switch is older than the habit of calling them `…_enabled`. */
function isSwitch(name: string): boolean {
  return name.endsWith('_enabled') || name === 'deploy_netchecker'
}
