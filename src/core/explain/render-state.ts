import type { ClusterState } from '../commands/cluster-state.ts'
import { code, say, type Text } from './blocks/text.ts'

/** Where a fork stands: its release, with the Kubernetes that its inventory names. */
export function renderState({ release, kubernetes }: ClusterState): Text {
  return kubernetes === undefined
    ? [code(release)]
    : say`${code(release)} with Kubernetes ${code(kubernetes)}`
}
