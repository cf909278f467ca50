import { defined, optional } from '../../core/model/defined.ts'
import type { AnsibleNeeds } from '../../core/catalogue/catalogue.ts'
import { unknownAnsible, unfitAnsible } from '../../core/explain/trouble/unfit-ansible.ts'
import { short } from '../../core/model/oid.ts'
import { Refusal } from '../../core/model/problem.ts'
import type { Tree } from '../../core/model/tree.ts'
import { isInRange } from '../../core/verify/is-in-range.ts'
import { isPlugin } from '../../core/verify/is-plugin.ts'
import { linksOf, treeAsFiles } from '../../core/verify/tree-as-files.ts'
import type { AnsibleVersion, Verified, VerifiedRun } from '../../core/verify/verified.ts'
import { decodeText } from '../../core/text/split-lines.ts'
import type { Ansible } from '../../ports/ansible.ts'
import type { ObjectStore } from '../../ports/object-store.ts'
import type { ValueCache } from '../../ports/value-cache.ts'
import type { FindFork } from '../repository/own-fork.ts'
import { whatToAudit, wishesAt } from '../audit/audit.ts'
import { refuseWithoutKubespray } from '../audit/refuse-without-kubespray.ts'
import { catalogueOfTree } from '../plan/catalogue-of-tree.ts'
import { withSeen } from '../repository/standing.ts'
import { readInventories } from '../repository/read-inventories.ts'
import { verifyInventory, type TreeToVerify } from './verify-inventory.ts'

interface VerifyRequest {
  /** A branch, or whatever git understands; the default branch where it is absent. */
  readonly rev?: string
  /** Folders or files of inventories; absent: those of the settings, else those that are found. */
  readonly inventories?: readonly string[]
  readonly upstreamRemotes: readonly string[]
  /** Which of several clusters in the repository is meant. */
  readonly cluster?: string
  /** Opens a fork of the user's own in another repository. */
  readonly forkOf?: FindFork
}

interface Tools {
  readonly store: ObjectStore
  readonly ansible: Ansible
  readonly cache: ValueCache
}

/** Asks Ansible itself of a revision, as far as that touches no host. Nothing of the repository is written. */
export async function verify({ store, ansible, cache }: Tools, request: VerifyRequest): Promise<Verified> {
  const { head, fork, elsewhere, stands } = await whatToAudit(store, request)
  const tree = elsewhere?.headTree ?? (await store.readTree(head))
  await refuseWithoutKubespray(store, tree)
  const { ansible: needs } = await catalogueOfTree({ objects: store, cache }, { tree, newBlobs: new Map() })
  const version = await fitVersion(ansible, needs)
  const { inventories = [], inventoriesFrom = 'request' } = withSeen(
    await wishesAt(store, head, request),
    elsewhere,
  )
  const read = await readInventories(store, {
    tree,
    base: fork?.baseTree,
    wanted: inventories,
    wantedBy: inventoriesFrom,
  })
  const toVerify = await treeToVerify(store, tree)
  const asked = read.inventories.length > 0 ? read.inventories : [undefined]
  const runs: VerifiedRun[] = []
  const unclear: string[] = []
  for (const each of asked) {
    const done = await verifyInventory(ansible, toVerify, each)
    runs.push(...done.runs)
    unclear.push(...done.unclear)
  }
  return {
    revision: request.rev ?? short(head),
    ...optional(stands?.release, (release) => ({ release })),
    ansible: version,
    runs,
    withheld: [...toVerify.written.keys()].filter(isPlugin),
    unclear,
  }
}

/** Refuses where no Ansible is installed, or none that the release takes. */
async function fitVersion(ansible: Ansible, needs: AnsibleNeeds): Promise<AnsibleVersion> {
  const { min, maxExclusive, requirements } = needs
  const installed = await ansible.version()
  const bounds = defined({ min, maxExclusive })
  const packages = (requirements['requirements.txt'] ?? []).filter((line) =>
    /^ansible(?:-core|-base)?\b/.test(line),
  )
  if (installed === undefined) throw new Refusal(unknownAnsible({ ...bounds, packages }))
  if (!isInRange(installed, needs)) throw new Refusal(unfitAnsible({ ...bounds, packages, installed }))
  return { installed, ...bounds }
}

async function treeToVerify(store: ObjectStore, tree: Tree): Promise<TreeToVerify> {
  const targets = await store.readBlobs(linksOf(tree))
  const links = [...targets].map(([oid, bytes]) => [oid, decodeText(bytes) ?? ''] as const)
  return { store, tree, written: treeAsFiles(tree, new Map(links)) }
}
