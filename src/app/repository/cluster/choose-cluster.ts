import { noSuchCluster, whichCluster } from '../../../core/explain/trouble/which-cluster.ts'
import type { Config, RepositoryConfig } from '../../../core/config/resolve-config.ts'
import { Refusal } from '../../../core/model/problem.ts'

/** The settings of the cluster that is named, or of the repository where it has not several. Refuses to choose one. */
export function chooseCluster({ clusters, ...config }: RepositoryConfig, wanted: string | undefined): Config {
  const names = clusters.map(({ cluster }) => cluster.name)
  if (wanted === undefined) {
    if (clusters.length > 0) throw new Refusal(whichCluster(names))
    return config
  }
  const found = clusters.find(({ cluster }) => cluster.name === wanted)
  if (!found) throw new Refusal(noSuchCluster(wanted, names))
  return found
}

/** The settings of each cluster in turn; of the repository alone where it has not several. */
export function eachCluster(config: RepositoryConfig, wanted?: string): readonly Config[] {
  const isOne = wanted !== undefined || config.clusters.length === 0
  return isOne ? [chooseCluster(config, wanted)] : config.clusters
}
