import { heading, type Block } from './block.ts'
import { code, say } from './text.ts'

/** Above what is told of one of several clusters. */
export function clusterHeading(name: string): Block {
  return heading(2, say`Cluster ${code(name)}`)
}
