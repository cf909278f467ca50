import type { Architecture } from '../../model/architecture.ts'
import { expandHosts } from '../hosts/expand-hosts.ts'
import type { InventorySettings } from '../read-settings.ts'

/** A host whose name, or whose kind of machine, sounds like an architecture. Nobody said so: it is something to ask about. */
export interface SpeakingHost {
  readonly host: string
  readonly architecture: Architecture
  /** The word that speaks: `rpi3`, `t4g.medium`. */
  readonly word: string
}

/** The hosts that speak, each once, in the order of the inventory. */
export function speakingHosts({ hosts, settings }: InventorySettings): readonly SpeakingHost[] {
  const found = new Map<string, SpeakingHost>()
  const add = (host: string, text: string): void => {
    const spoken = spokenIn(text)
    if (spoken && !found.has(host)) found.set(host, { host, ...spoken })
  }
  const names = new Set([...hosts.values()].flat().flatMap(expandHosts))
  for (const host of names) add(host, host)
  for (const { name, value, scope, nature } of settings) {
    if (nature === 'plain' && typeof value === 'string' && MACHINE.test(name)) add(scope.name, value)
  }
  return [...found.values()]
}

/** Variables that name a kind of machine: `instance_type`, `hcloud_server_type`, `aws_kube_worker_size`. */
const MACHINE =
  /(?:instance|server|machine|vm|node|worker|master|control_plane)_?(?:type|size|shape|flavou?r|model)$/i

function spokenIn(text: string): Omit<SpeakingHost, 'host'> | undefined {
  for (const [architecture, pattern] of WORDS) {
    const word = pattern.exec(text)?.[0]
    if (word !== undefined) return { architecture, word }
  }
  return undefined
}

/**
 * As whole words, with a number behind them or without: boards by their makers' names, and the types of machines that AWS, Hetzner, Google,
 * Azure and Oracle have with ARM in them. `pi` alone is in too many other words.
 */
const WORDS: readonly (readonly [Architecture, RegExp])[] = [
  [
    'arm64',
    /(?<![a-z0-9])(?:r(?:asp)?pi|raspi|raspberry(?:[-_]?pi)?|pi(?=[-_]?\d)|jetson|xavier|orin|odroid(?:[-_]?[cnxm]\d)?|rock(?:64|pro64|pi)|rock-?5[abc]?|orange-?pi|nano-?pi|banana-?pi|pine-?64|turing-?rk1|soquartz|graviton|ampere|altra|aarch64|arm64|armv8)(?:[-_](?:agx|nx|nano|zero|plus))?(?:[-_]?\d{1,4}[a-z]{0,2})?(?![a-z0-9])/i,
  ],
  [
    'arm64',
    /(?<![a-z0-9])(?:(?:t4g|a1|[mcrxi]\d+g(?:d|n|dn|en)?|im4gn|is4gen|g5g|hpc7g)\.(?:nano|micro|small|medium|metal|\d*x?large)|(?:t4g|m6g|m7g|c6g|c7g|r6g|r7g)(?![a-z0-9])|cax\d\d|t2a-\w+|c4a-\w+|VM\.Standard\.A\d\S*)/i,
  ],
  [
    'amd64',
    /(?<![a-z0-9])(?:nuc|minisforum|optiplex|thinkcentre|elitedesk|prodesk|poweredge|proliant|x86[-_]64|x86|amd64|ryzen|epyc|xeon)(?:[-_]?\d{1,4})?(?![a-z0-9])/i,
  ],
]
