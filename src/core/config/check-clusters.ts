import { readLayoutSetting } from '../model/layout-setting.ts'
import { isWithin } from '../model/cluster/cluster-scope.ts'
import type { ConfigPath } from '../yaml/values/read-config-source.ts'
import type { BrokenRule } from './broken-rule.ts'
import { clusterPlaces } from './cluster-places.ts'
import type { FilledConfig } from './config-schema.ts'

/** What must hold between several clusters, and between each and the repository that they are in. */
export function checkClusters(config: FilledConfig, isThere?: IsThere): readonly BrokenRule[] {
  if (config.clusters === undefined) return []
  return RULES.flatMap((rule) => rule(config, isThere))
}

type IsThere = (path: string) => boolean

const RULES: readonly ((config: FilledConfig, isThere?: IsThere) => readonly BrokenRule[])[] = [
  someAreNamed,
  namesDiffer,
  nothingIsBesideThem,
  eachHasSomething,
  noneIsTheRoot,
  noneIsInAnother,
  allAreThere,
]

type Cluster = NonNullable<FilledConfig['clusters']>[string]

function clustersOf({ clusters = {} }: FilledConfig): readonly (readonly [string, Cluster])[] {
  return Object.entries(clusters)
}

function someAreNamed(config: FilledConfig): readonly BrokenRule[] {
  if (clustersOf(config).length > 0) return []
  const message = '`clusters` names none; write each with what is its own, such as `prod: { folder: prod }`.'
  return [{ code: 'config-no-clusters', message, path: ['clusters'], mark: 'key' }]
}

/** A file system that takes no notice of case keeps one branch of two. */
function namesDiffer(config: FilledConfig): readonly BrokenRule[] {
  const names = clustersOf(config).map(([name]) => name)
  return names.flatMap((name, at) => {
    const first = names.slice(0, at).find((each) => each.toLowerCase() === name.toLowerCase())
    if (first === undefined) return []
    const message = `\`${name}\` and \`${first}\` are one name wherever case does not count, as in the names of branches on some machines; call one of them something else.`
    return [{ code: 'config-same-cluster', message, path: ['clusters', name], mark: 'key' as const }]
  })
}

function nothingIsBesideThem(config: FilledConfig): readonly BrokenRule[] {
  return (['layout', 'base', 'inventories'] as const)
    .filter((key) => config[key] !== undefined)
    .map((key) => {
      const message = `\`${key}\` says nothing beside \`clusters\`: each of them has its own; say it there.`
      return { code: 'config-beside-clusters', message, path: [key], mark: 'key' }
    })
}

function eachHasSomething(config: FilledConfig): readonly BrokenRule[] {
  return clustersOf(config)
    .filter(([, cluster]) => clusterPlaces(cluster).length === 0)
    .map(([name]) => {
      const message = `The cluster \`${name}\` has nothing of its own: name its \`folder\`, its \`inventories\`, or its \`layout\` with a path.`
      return { code: 'config-empty-cluster', message, path: ['clusters', name], mark: 'key' }
    })
}

function noneIsTheRoot(config: FilledConfig): readonly BrokenRule[] {
  return clustersOf(config)
    .filter(([, { layout }]) => layout === 'root')
    .map(([name]) => {
      const message = `\`layout: root\` is the whole repository, and \`${name}\` is one of several clusters in it; name what is its own, or leave \`clusters\` out: one step moves all that are run from one Kubespray.`
      return { code: 'config-root-cluster', message, path: ['clusters', name, 'layout'], mark: 'value' }
    })
}

/** What two of them have in common a step of one would change for the other. */
function noneIsInAnother(config: FilledConfig): readonly BrokenRule[] {
  const all = clustersOf(config)
  return all.flatMap(([name, cluster], at) =>
    clusterPlaces(cluster).flatMap(({ path, place }) => {
      for (const [other, theirs] of all.slice(0, at)) {
        const shared = clusterPlaces(theirs).find(
          (each) => isWithin(place, [each.place]) || isWithin(each.place, [place]),
        )
        if (!shared) continue
        const how = shared.place === place ? 'is' : 'overlaps'
        const what = shared.place === place ? '' : ` \`${shared.place}\`,`
        const message = `\`${place}\` ${how}${what} what the cluster \`${other}\` names as its own, so a step of one would change the other; give each its own, or, where they are run from one Kubespray, make them one cluster with the inventories of both.`
        return [{ code: 'config-shared-place', message, path: pathTo(name, path), mark: 'value' as const }]
      }
      return []
    }),
  )
}

function allAreThere(config: FilledConfig, isThere?: IsThere): readonly BrokenRule[] {
  if (!isThere) return []
  return clustersOf(config).flatMap(([name, cluster]) =>
    clusterPlaces(cluster)
      .filter(({ place }) => !isThere(place))
      .map(({ path, place }): BrokenRule => {
        const kind = path[0] === 'layout' ? readLayoutSetting(cluster.layout ?? '')?.kind : undefined
        const message = `The cluster \`${name}\` names \`${place}\`${kind === undefined ? '' : ` as its ${kind}`}, and there is no such thing in this repository.`
        return { code: 'config-absent-place', message, path: pathTo(name, path), mark: 'value' }
      }),
  )
}

function pathTo(name: string, path: ConfigPath): ConfigPath {
  return ['clusters', name, ...path]
}
