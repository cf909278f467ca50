import { hasControlPlane, type HostCandidate } from './read-hosts.ts'

export type Hosts = HostCandidate & { readonly kind: 'hosts' }

/** Files of one folder as they are run: those of one set together, the sets one at a time. */
export interface ChosenHostFiles {
  readonly sets: readonly (readonly string[])[]
  /** Files of hosts that no set has. */
  readonly left: readonly string[]
}

/**
 * Decides from what the files of a folder hold which of them are run together. Files that have a control plane each are clusters of their own, and so
 * are files of which none has one, unless one says which groups the hosts of another are in.
 */
export function alternatives(files: readonly Hosts[]): ChosenHostFiles {
  const own = files.filter(({ file }) => hasControlPlane(file))
  if (own.length === 1) return { sets: [files.map(({ path }) => path)], left: [] }
  if (own.length > 1) return withOthers(own, files)
  const parts = joined(files)
  const withHosts = parts.filter((part) => part.some(({ hosts }) => hosts.size > 0))
  if (withHosts.length < 2) return { sets: files.length > 0 ? [files.map(({ path }) => path)] : [], left: [] }
  const sets = withHosts.map((part) => part.map(({ path }) => path))
  return { sets, left: files.map(({ path }) => path).filter((path) => !sets.flat().includes(path)) }
}

/** A file without a control plane goes with each cluster that it has hosts of. */
function withOthers(own: readonly Hosts[], files: readonly Hosts[]): ChosenHostFiles {
  const others = files.filter((each) => !own.includes(each))
  const sets = own.map((cluster) => {
    const goWith = others.filter(({ hosts }) => [...hosts].some((host) => cluster.hosts.has(host)))
    const paths = [cluster, ...goWith].map(({ path }) => path)
    return files.map(({ path }) => path).filter((path) => paths.includes(path))
  })
  return { sets, left: others.map(({ path }) => path).filter((path) => !sets.flat().includes(path)) }
}

/** Files that say something about each other's hosts, together. */
function joined(files: readonly Hosts[]): readonly (readonly Hosts[])[] {
  const parts: Hosts[][] = []
  for (const file of files) {
    const own = parts.filter((part) => part.some((each) => complement(each, file)))
    for (const part of own) parts.splice(parts.indexOf(part), 1)
    parts.push([...own.flat(), file])
  }
  return parts
}

/** Whether one has hosts without groups, and the other puts them in some. */
function complement(a: Hosts, b: Hosts): boolean {
  if (![...a.hosts].some((host) => b.hosts.has(host))) return false
  return isUngrouped(a) !== isUngrouped(b)
}

function isUngrouped({ file }: Hosts): boolean {
  return [...file.hosts].every(
    ([group, hosts]) => hosts.length === 0 || group === 'all' || group === 'ungrouped',
  )
}
