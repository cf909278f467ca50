import type { Range } from '../yaml/node/yaml-node.ts'

/** What an INI inventory says, in the order of its lines. */
interface IniInventory {
  /** Group → its hosts, patterns such as `node[1:3]` as written. */
  readonly hosts: ReadonlyMap<string, readonly string[]>
  readonly children: ReadonlyMap<string, readonly string[]>
  readonly variables: readonly IniVariable[]
  readonly faults: readonly IniFault[]
  /** Where a new variable of a group goes: behind the last line of its `[group:vars]`. */
  readonly ends: ReadonlyMap<string, number>
}

interface IniVariable extends Range {
  readonly name: string
  readonly owner: { readonly kind: 'group' | 'host'; readonly name: string }
  /** As written, with its quotes: the text from `from` to `to`. */
  readonly written: string
  readonly nameFrom: number
}

interface IniFault {
  readonly message: string
  readonly offset: number
}

/** Reads Ansible's INI inventories: `[group]`, `[group:children]` and `[group:vars]`, and variables behind a host's name. */
export function readIni(text: string): IniInventory {
  const found = new Reading()
  let section: Section = { group: 'ungrouped', kind: 'hosts' }
  for (let at = text.startsWith('\uFEFF') ? 1 : 0; at < text.length;) {
    const end = text.indexOf('\n', at) < 0 ? text.length : text.indexOf('\n', at)
    const line = trimmed(text, at, end)
    const next = sectionOf(line.text)
    if (next) section = found.open(next, end)
    else if (isBrokenSection(line.text)) found.noSection(line)
    else if (line.text !== '' && !/^[#;]/.test(line.text)) found.read(section, line, end)
    at = end + 1
  }
  return found
}

/** Whoever reads them mends the first and asks again. */
const MOST_FAULTS = 10

interface Section {
  readonly group: string
  readonly kind: string
}

/** A piece of the text, and where it begins. */
interface Piece {
  readonly text: string
  readonly from: number
}

class Reading implements IniInventory {
  readonly hosts = new Map<string, string[]>()
  readonly children = new Map<string, string[]>()
  readonly variables: IniVariable[] = []
  readonly faults: IniFault[] = []
  readonly ends = new Map<string, number>()

  open(section: Section, lineEnd: number): Section {
    if (section.kind === 'hosts') membersOf(this.hosts, section.group)
    if (section.kind === 'vars') this.ends.set(section.group, lineEnd)
    return section
  }

  read({ group, kind }: Section, line: Piece, lineEnd: number): void {
    if (kind === 'vars') {
      this.ends.set(group, lineEnd)
      this.#readVariable({ kind: 'group', name: group }, line)
    } else if (kind === 'children') {
      membersOf(this.children, group).push(withoutComment(line.text))
    } else if (kind === 'hosts') {
      this.#readHost(group, line)
    } else {
      this.#fault(
        line,
        `a section \`[${group}:${kind}]\` is none that Ansible knows: expected \`hosts\`, \`children\` or \`vars\``,
      )
    }
  }

  #readHost(group: string, line: Piece): void {
    const [host, ...rest] = wordsOf(line)
    if (!host) return
    membersOf(this.hosts, group).push(host.text)
    for (const word of rest) this.#readVariable({ kind: 'host', name: host.text }, word)
  }

  noSection(line: Piece): void {
    this.#fault(
      line,
      'expected `[group]`, `[group:children]` or `[group:vars]` here, without blanks in the name',
    )
  }

  /** In a `vars` section all behind `=` is the value, `#` and blanks included. */
  #readVariable(owner: IniVariable['owner'], piece: Piece): void {
    const sign = piece.text.indexOf('=')
    if (sign < 0) {
      this.#fault(piece, 'expected `key=value` here')
      return
    }
    const value = trimmed(piece.text, sign + 1, piece.text.length)
    const from = piece.from + value.from
    const name = piece.text.slice(0, sign).trim()
    this.variables.push({
      name,
      owner,
      written: value.text,
      nameFrom: piece.from,
      from,
      to: from + value.text.length,
    })
  }

  #fault({ from }: Piece, reason: string): void {
    if (this.faults.length === MOST_FAULTS) return
    this.faults.push({ offset: from, message: `I cannot read this line of the inventory: ${reason}.` })
  }
}

function membersOf(groups: Map<string, string[]>, name: string): string[] {
  const known = groups.get(name)
  if (known) return known
  const members: string[] = []
  groups.set(name, members)
  return members
}

function sectionOf(line: string): Section | undefined {
  const match = /^\[([^:\]\s]+)(?::(\w+))?\]\s*(?:#.*)?$/s.exec(line)
  return match ? { group: match[1] as string, kind: match[2] ?? 'hosts' } : undefined
}

/**
 * A bracket opens a section, unless a name goes on behind it: `[1:3].example.org` is a range of hosts. Ansible takes one that
 * is never closed for a host, and the group it was to open goes missing in silence.
 */
function isBrokenSection(line: string): boolean {
  if (!line.startsWith('[')) return false
  const [close, comment] = [line.indexOf(']'), line.indexOf('#')]
  if (close < 0 || (comment >= 0 && comment < close)) return true
  const rest = line.slice(close + 1).trimStart()
  return rest === '' || rest.startsWith('#')
}

function trimmed(text: string, from: number, to: number): Piece {
  const whole = text.slice(from, to)
  const start = whole.trimStart()
  return { text: start.trimEnd(), from: from + whole.length - start.length }
}

function withoutComment(line: string): string {
  return line.replace(/\s#.*$/s, '').trimEnd()
}

/** The words of a host's line as a shell would cut them: quotes hold blanks, and `#` begins a comment. */
function wordsOf({ text, from }: Piece): readonly Piece[] {
  const words: Piece[] = []
  // Behind a quote that nothing closes there is none of its kind that something closes.
  const open = new Set<string>()
  let begins = -1
  for (let at = 0; at <= text.length; at++) {
    const char = text.charAt(at)
    if (/^\s?$/.test(char)) {
      if (begins >= 0) words.push({ text: text.slice(begins, at), from: from + begins })
      begins = -1
      continue
    }
    if (begins < 0 && char === '#') break
    if (begins < 0) begins = at
    if ((char !== '"' && char !== "'") || open.has(char)) continue
    const end = closingQuote(text, at)
    if (end === undefined) open.add(char)
    else at = end
  }
  return words
}

/** Where the quote at an offset is closed; a backslash counts in double quotes only. */
function closingQuote(text: string, from: number): number | undefined {
  const quoted = text[from] === '"' ? /"(?:[^"\\]|\\.)*"/sy : /'[^']*'/y
  quoted.lastIndex = from
  return quoted.test(text) ? quoted.lastIndex - 1 : undefined
}
