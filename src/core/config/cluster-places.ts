import { readLayoutSetting } from '../model/layout-setting.ts'
import type { ConfigPath } from '../yaml/values/read-config-source.ts'
import type { FilledConfig } from './config-schema.ts'

type Cluster = NonNullable<FilledConfig['clusters']>[string]

interface ClusterPlace {
  /** A folder or file that is the cluster's own. */
  readonly place: string
  /** The key that says so, below the cluster's name. */
  readonly path: ConfigPath
}

/** What a cluster names as its own. */
export function clusterPlaces({ folder, layout, inventories = [] }: Cluster): readonly ClusterPlace[] {
  const setting = readLayoutSetting(layout ?? '')
  return [
    ...(folder === undefined ? [] : [{ place: folder, path: ['folder'] }]),
    ...(setting && 'path' in setting ? [{ place: setting.path, path: ['layout'] }] : []),
    ...inventories.map((place, at) => ({ place, path: ['inventories', at] })),
  ]
}
