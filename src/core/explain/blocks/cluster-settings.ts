import type { FoundCluster } from '../../layout/scope/clusters-found.ts'
import { yamlWord } from './yaml-word.ts'

/** `clusters` of the settings, as they would name what was found; a line each. */
export function clusterSettings(clusters: readonly FoundCluster[]): readonly string[] {
  if (clusters.length === 0) return []
  return [
    'clusters:',
    ...clusters.map((each) => `  ${yamlWord(each.name)}: { ${placesOf(each)} }${releaseOf(each)}`),
  ]
}

function placesOf({ folder, layout = '', inventories }: FoundCluster): string {
  if (folder !== undefined) return `folder: ${yamlWord(folder)}`
  return `layout: ${yamlWord(layout)}, inventories: [${inventories.map(yamlWord).join(', ')}]`
}

function releaseOf({ release }: FoundCluster): string {
  return release === undefined ? '' : ` # ${release}`
}
