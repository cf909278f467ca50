import { optional } from '../../model/defined.ts'
import type { ExtraSource, Inventory } from '../find-inventories.ts'

/** How a command hands an inventory to Ansible. */
export interface RunFacts {
  /** The one file of hosts; absent where there is none, or several. */
  readonly hosts?: string
  /** Files of variables that commands hand in on top. */
  readonly extra: readonly string[]
  /** Files whose commands hand in values on top. */
  readonly commands: readonly string[]
}

/** What a command has to name so that Ansible reads the inventory as it is read here. */
export function runFacts({ hostFiles, dynamic, extra }: Inventory): RunFacts {
  const [hosts, ...more] = [...hostFiles, ...dynamic]
  const paths = (kind: ExtraSource['kind']): readonly string[] => [
    ...new Set(extra.filter((each) => each.kind === kind).map(({ path }) => path)),
  ]
  return {
    ...optional(more.length === 0 ? hosts : undefined, (file) => ({ hosts: file })),
    extra: paths('file'),
    commands: paths('command'),
  }
}
