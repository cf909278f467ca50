import type { Finding } from '../src/core/audit/finding.ts'

/**
 * Whether a finding is so, by a look at the raw text of the tree that shares no code with the audit: no rendering, no catalogue.
 * `undefined` where a look at the text cannot tell, so that a person has to.
 */
export function isSo(
  finding: Finding,
  architecture: string,
  text: (path: string) => string,
): boolean | undefined {
  const { code, file, line, subject, message } = finding
  const lines = text(file).split('\n')
  const own = lines[line - 1] ?? ''
  switch (code) {
    case 'missing-checksum':
      return isRowMissing(message, { architecture, lines, line })
    case 'single-checksum':
      // A map with a row for this architecture, or one for all of them, is no single checksum.
      return !new RegExp(`^ +(?:${architecture}|no_arch):`, 'm').test(valueAt(lines, line))
    case 'shared-checksum':
      return rowOf(valueAt(lines, line), architecture) !== undefined
    case 'architecture-in-url':
    case 'architecture-in-image':
      return /amd64|x86_64/.test(valueAt(lines, line))
    case 'architecture-in-file':
      return /amd64|x86_64|arm64|aarch64/.test(own.replace(/(?:^|\s)#.*$/, ''))
    case 'architecture-not-mapped':
      return !valueAt(lines, line).includes(
        { arm: 'armv7l', arm64: 'aarch64', amd64: 'x86_64' }[architecture] ?? '?',
      )
    case 'image-of-first-node':
      return /image:/.test(own) && !/for arch in/.test(lines.join('\n'))
    case 'network-plugin-architecture':
      return /kube_network_plugin/.test(own) && own.includes(subject)
    case 'corrected-checksum':
      return own.startsWith(`${subject.replace(/_crds$/, '')}`) || /_checksums:/.test(own)
    default:
      return undefined
  }
}

/** From the key in a line to the next key as far to the left. */
function valueAt(lines: readonly string[], line: number): string {
  const start = line - 1
  const indent = (lines[start] ?? '').search(/\S/)
  const next = lines.findIndex((each, at) => at > start && each.trim() !== '' && each.search(/\S/) <= indent)
  return lines.slice(start, next < 0 ? undefined : next).join('\n')
}

interface Row {
  readonly architecture: string
  readonly lines: readonly string[]
  readonly line: number
}

/** The message names what it looked up: the text must not have it, or say `0` there. */
function isRowMissing(message: string, { architecture, lines, line }: Row): boolean | undefined {
  const map = valueAt(lines, line)
  const row = rowOf(map, architecture)
  if (/says `0`/.test(message)) return row === undefined ? /: *0\b/.test(map) : /: *['"]?0\b/.test(row)
  const keys = [...message.matchAll(/\['([^']+)'\]/g)].map(([, key = '']) => key)
  const version = keys.find((key) => key !== architecture && /\d/.test(key) && key !== 's390x')
  if (row === undefined) return true
  return version === undefined
    ? undefined
    : !new RegExp(`^ +['"]?${version.replace(/[.]/g, '\\.')}['"]?:`, 'm').test(row)
}

function rowOf(map: string, architecture: string): string | undefined {
  const lines = map.split('\n')
  const at = lines.findIndex((each) => new RegExp(`^ +${architecture}:`).test(each))
  return at < 0 ? undefined : valueAt(lines, at + 1)
}
