/**
 * The hosts that a name in an inventory stands for: `node[1:3]`, `node[01:10:2]` and `[a:c]` are ranges, and a port behind the name is none of
 * it. A range that Ansible would refuse, and one of more hosts than anybody has, stay as they are written.
 */
export function expandHosts(written: string): readonly string[] {
  return expanded(withoutPort(written)) ?? [written]
}

/** Kubespray is tried with a thousand hosts at most. */
const MOST_HOSTS = 10_000

function expanded(pattern: string): readonly string[] | undefined {
  const open = pattern.indexOf('[')
  const close = pattern.indexOf(']', open)
  if (open < 0 || close < 0) return [pattern]
  const values = valuesOf(pattern.slice(open + 1, close))
  const rests = expanded(pattern.slice(close + 1))
  if (!values || !rests || values.length * rests.length > MOST_HOSTS) return undefined
  const before = pattern.slice(0, open)
  return values.flatMap((value) => rests.map((rest) => before + value + rest))
}

function valuesOf(range: string): readonly string[] | undefined {
  const [first = '', last = '', step = '1', ...more] = range.split(':')
  if (more.length > 0 || !range.includes(':') || !/^[1-9]\d*$/.test(step)) return undefined
  if (/^[A-Za-z]$/.test(first) && /^[A-Za-z]$/.test(last))
    return counted(LETTERS.indexOf(first), LETTERS.indexOf(last), Number(step))?.map((at) =>
      LETTERS.charAt(at),
    )
  if (!/^\d*$/.test(first) || !/^\d+$/.test(last)) return undefined
  // A zero in front says how wide the numbers are.
  const width = /^0./.test(first) ? first.length : 0
  if (width > 0 && last.length !== width) return undefined
  return counted(Number(first), Number(last), Number(step))?.map((each) => String(each).padStart(width, '0'))
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'

function counted(from: number, to: number, step: number): readonly number[] | undefined {
  const length = Math.floor((to - from) / step) + 1
  if (length < 1 || length > MOST_HOSTS) return undefined
  return Array.from({ length }, (_, index) => from + index * step)
}

function withoutPort(written: string): string {
  const colon = written.lastIndexOf(':')
  const isPort = colon > written.lastIndexOf(']') && /^\d+$/.test(written.slice(colon + 1))
  // Two colons outside of brackets are an address of IPv6, which has no port without brackets.
  const isAddress = written.replaceAll(/\[[^[\]]*\]/g, '').split(':').length > 2
  return colon > 0 && isPort && !isAddress ? written.slice(0, colon) : written
}
