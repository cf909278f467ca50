import ipaddr from 'ipaddr.js'

/**
 * Whether an address is anybody's on the internet. Not so are those of this machine, of private networks and of a link (where clouds
 * serve the credentials of their machines), of carriers, of documentation and of tests; nor is what wraps one of them.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false
  const address = ipaddr.parse(text)
  if (address instanceof ipaddr.IPv4) return address.range() === 'unicast'
  const range = address.range()
  if (range === 'ipv4Mapped') return isPublicAddress(address.toIPv4Address().toString())
  // A network of IPv6 alone reaches IPv4 by addresses whose last 32 bits are the other one's.
  if (range === 'rfc6052' && address.match(NAT64, 96))
    return isPublicAddress(new ipaddr.IPv4(address.toByteArray().slice(12)).toString())
  return range === 'unicast' && address.match(GLOBAL, 3)
}

const NAT64 = ipaddr.IPv6.parse('64:ff9b::')

/** All that is given out for the internet so far; `::127.0.0.1` is below it. */
const GLOBAL = ipaddr.IPv6.parse('2000::')
