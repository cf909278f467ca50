import ipaddr from 'ipaddr.js'
import { UnknownForm } from './tokens-of.ts'
import { isList, isNumber, printed, typeName, type Value } from './value.ts'

/**
 * Ansible's filter `ipaddr` for the questions that Kubespray asks: whether something is an address or a range at all, a range
 * (`net`), of a family, inside of a range, or its `prefix`. False for what is no address, `None` for what the question
 * leaves out. After https://github.com/ansible-collections/ansible.utils/blob/main/plugins/plugin_utils/base/ipaddr_utils.py
 */
export function addressOf(of: Value, query: Value): Value {
  if (isList(of)) return of.map((each) => addressOf(each, query)).filter((each) => typeof each === 'string')
  if (typeName(of) === 'bool') return false
  const network = readNetwork(printed(of))
  if (!network) return false
  switch (query) {
    case undefined:
    case '':
      return printed(of)
    case 'net':
    case 'network/prefix':
      return isRange(network) && isFirst(network) ? printed(of) : undefined
    case 'prefix':
      return network.prefix
    case 'ipv4':
    case 'ipv6':
      return network.address.kind() === query ? printed(of) : false
    case 'address':
      return isRange(network) && isFirst(network) ? undefined : network.address.toString()
    default:
      return insideOf(network, query) ? printed(of) : undefined
  }
}

interface Network {
  readonly address: ipaddr.IPv4 | ipaddr.IPv6
  readonly prefix: number
}

/** An address alone is a range of one. Python takes four numbers for an address, and nothing shorter. */
function readNetwork(text: string): Network | undefined {
  const [written = '', prefix, ...rest] = text.trim().split('/')
  const isWhole = ipaddr.IPv4.isValidFourPartDecimal(written) || ipaddr.IPv6.isValid(written)
  if (!isWhole || rest.length > 0) return undefined
  const address = ipaddr.parse(written)
  const widest = address.kind() === 'ipv4' ? 32 : 128
  if (prefix === undefined) return { address, prefix: widest }
  const length = /^\d+$/.test(prefix) ? Number(prefix) : netmaskLength(prefix)
  return length === undefined || length > widest ? undefined : { address, prefix: length }
}

function netmaskLength(mask: string): number | undefined {
  if (!ipaddr.IPv4.isValidFourPartDecimal(mask)) return undefined
  return ipaddr.IPv4.parse(mask).prefixLengthFromSubnetMask() ?? undefined
}

function isRange({ address, prefix }: Network): boolean {
  return prefix < (address.kind() === 'ipv4' ? 32 : 128)
}

/** Whether no bit is set behind the prefix. */
function isFirst({ address, prefix }: Network): boolean {
  const bytes = address.toByteArray()
  return bytes.every((byte, at) => (byte & (0xff >> Math.min(8, Math.max(0, prefix - at * 8)))) === 0)
}

function insideOf(inner: Network, query: Value): boolean {
  const outer = typeof query === 'string' || isNumber(query) ? readNetwork(printed(query)) : undefined
  if (!outer || !isRange(outer)) throw new UnknownForm(`| ipaddr(${printed(query)})`)
  if (inner.address.kind() !== outer.address.kind() || inner.prefix < outer.prefix) return false
  return inner.address.match(outer.address, outer.prefix)
}
