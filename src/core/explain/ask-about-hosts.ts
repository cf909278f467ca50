import type { SpeakingHost } from '../inventory/as-run/speaking-hosts.ts'
import { code, listed, say, type Text } from './blocks/text.ts'
import { someOf } from '../text/enumerated.ts'

/** What every surface says where nothing tells which architectures there are. */
export const NOTHING_TOLD =
  'nothing says which architectures your nodes have, so I took these; name yours with `architectures` in the settings'

/** Hosts whose names sound like an architecture that was not counted on, as a question; empty where there are none. */
export function askAboutHosts(speaking: readonly SpeakingHost[]): Text {
  const byArchitecture = new Map<string, string[]>()
  for (const { host, architecture } of speaking) {
    const hosts = byArchitecture.get(architecture) ?? []
    byArchitecture.set(architecture, [...hosts, host])
  }
  const parts = [...byArchitecture].map(
    ([architecture, hosts]) =>
      say`${namesOf(hosts)} ${hosts.length === 1 ? 'sounds' : 'sound'} like ${code(architecture)}`,
  )
  if (parts.length === 0) return []
  return say`${listed(parts)}: is that so? I do not go by names; ${code('architectures')} in the settings says it.`
}

function namesOf(hosts: readonly string[]): Text {
  return listed(someOf(hosts.map(code), MOST_NAMES))
}

const MOST_NAMES = 5
