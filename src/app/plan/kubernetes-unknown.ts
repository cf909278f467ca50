import {
  noneReadable,
  unreadInventory,
  type UnreadInventory,
} from '../../core/explain/trouble/unread-inventory.ts'
import { defined } from '../../core/model/defined.ts'
import { opensOn } from '../../core/explain/opens-on.ts'
import type { Catalogue } from '../../core/catalogue/catalogue.ts'
import type { Setting } from '../../core/inventory/setting.ts'
import { minorNumber, minorOf, type ReleaseTag } from '../../core/model/release-tag.ts'
import type { Stop } from '../../core/plan/step.ts'
import { codeSpan } from '../../core/model/code-span.ts'

/** The inventory leaves it to Ansible to work out which Kubernetes runs. */
export function kubernetesUnknown(setting: Setting | undefined): Stop {
  const where = setting
    ? `\`kube_version\` is a template or encrypted (${codeSpan(setting.at.file)}, line ${setting.at.line})`
    : 'neither the inventory nor the roles name a `kube_version`'
  const message = `I cannot tell which Kubernetes runs: ${where}.`
  const opens = ['`kube_version` written out in the inventory.']
  return { code: 'kubernetes-unknown', message, component: 'kubelet', opens, asks: 'kubernetes' }
}

/** Every inventory that there is has a file that nobody could read. */
export function inventoryUnreadable(unread: readonly UnreadInventory[]): Stop {
  const opens = unread.map((each) => unreadInventory(each).message)
  return { code: 'inventory-unreadable', message: noneReadable(unread), opens }
}

/** The Kubernetes that runs is in no release that the fork can reach. */
export function kubernetesNotOffered(message: string, setting: Setting | undefined): Stop {
  const stop = {
    code: 'kubernetes-not-offered',
    message,
    component: 'kubelet',
    ...defined({ at: setting?.at }),
  } as const
  return { ...stop, opens: opensOn(stop, 'terminal') }
}

/** The config wants Kubernetes to stay, and the next release has not got it. */
export function kubernetesPinned(kubernetes: string, next: ReleaseTag): Stop {
  return {
    code: 'kubernetes-pinned',
    message: `Kubernetes stays at ${kubernetes}, since the settings say \`kubernetes.follow: pinned\`, and ${next} cannot install that version.`,
    release: next,
    component: 'kubelet',
    opens: ['`kubernetes: { follow: step }` in the settings.'],
  }
}

/**
 * The version named is older than anything the release has: nothing is wrong with it as such, but no way leads from there.
 * `undefined` where that is not so.
 */
export function kubernetesTooOld(
  release: ReleaseTag,
  kubernetes: string,
  { kubernetes: offer }: Catalogue,
): Stop | undefined {
  const minors = Object.values(offer.versions)
    .flat()
    .sort((a, b) => minorNumber(a) - minorNumber(b))
  const [lowest] = minors
  if (lowest === undefined || !/^v?1\.\d+\.\d+$/.test(kubernetes)) return undefined
  if (minorNumber(kubernetes) >= minorNumber(lowest)) return undefined
  return {
    code: 'below-minimum',
    message: `${release} has Kubernetes from ${minorOf(lowest)} on, and ${kubernetes} is to run now. Kubernetes goes up one minor at a time, so the releases before ${release} have to be applied to the cluster first.`,
    release,
    component: 'kubelet',
    opens: [`Kubernetes ${minorOf(lowest)} in the running cluster, and in \`kube_version\`.`],
    asks: 'kubernetes',
  }
}
