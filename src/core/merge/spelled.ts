import { oncePer } from '../model/collections/once-per.ts'

/**
 * A line without what is a matter of spelling: indentation, quotes, runs of blanks, blanks around the signs of lists and of
 * templates, the `v` before a version that is a whole key or value, and the name of a digest's kind before it. Two lines of one
 * spelling say the same.
 */
export function spelled(line: string): string {
  const bare = line.trim()
  if (!MAY_DIFFER.test(bare)) return bare
  let found = spelt.get(bare)
  if (found === undefined) {
    if (spelt.size >= SPELT_KEPT) spelt.clear()
    spelt.set(bare, (found = spelledAnew(bare)))
  }
  return found
}

/** Version after version of a file has mostly the same lines; a line that is kept keeps the text that it was cut from. */
const spelt = new Map<string, string>()
const SPELT_KEPT = 10_000

function spelledAnew(bare: string): string {
  return bare
    .replace(/["'`]/g, '')
    .replace(/\s+/g, ' ')
    .replace(/(\{\{-?|\{%-?|[[({,]) /g, '$1')
    .replace(/ (-?\}\}|-?%\}|[\])},])/g, '$1')
    .replace(/ ?(=|\|(?! ?[-+\d]*$)) ?/g, '$1')
    .replace(/^((?:- )?)v(?=\d[\w.+-]*\s?:)/, '$1')
    .replace(/: ?v(?=\d+\.[\w.+-]*$)/, ': ')
    .replace(/\bsha(?:1|256|512):(?=[0-9a-f]{12})/g, '')
    .trim()
}

/** Most lines have nothing that could be spelt in another way, and are asked this one question only. */
const MAY_DIFFER = /["'`[\]{},|=()]|\s\s|\t|\bv\d|sha\d/

/** All lines of a text in their spelling, once for each list of lines. */
export const spelledLines = oncePer((lines: readonly string[]): readonly string[] => lines.map(spelled))

/** What a line sets: `key: value`, `key = value`, `export KEY=value`. */
interface Setting {
  readonly key: string
  readonly value: string
}

export function settingIn(line: string): Setting | undefined {
  const found = SETTING.exec(line.trim())
  return found
    ? { key: (found[1] as string).replace(/["']/g, ''), value: (found[2] as string).trim() }
    : undefined
}

const SETTING = /^(?:- +|export +|set +)?(["']?[A-Za-z0-9_$][\w./-]*["']?)\s*(?::(?=\s|$)|[:+?]?=(?!=))(.*)$/

/** Lines that only a reader reads. */
function isComment(line: string): boolean {
  return /^\s*(?:#(?!!)|\{#|\/\/|;)/.test(line)
}

/** Texts of sentences: what they name does nothing. */
export function isProse(path: string): boolean {
  return /\.(?:md|rst|txt|adoc)$/i.test(path)
}

/**
 * The names that a line uses or brings: what it sets, variables, fields, options and paths. Not words of sentences, not values
 * and not versions: only a name can be asked for elsewhere.
 */
export function namesIn(line: string): readonly string[] {
  if (isComment(line)) return []
  const set = settingIn(line)?.key
  const used = line.match(NAMES) ?? []
  return [...(set !== undefined && set.length > 2 && !/^v?\d/.test(set) ? [set] : []), ...used]
}

/** Of several words (`is_atomic`, `vhost.password`, `--with-this`, `/etc/that`), but no host and no file of an address. */
const NAMES =
  /(?<![\w./:-])(?:--?[a-z][\w-]{2,}|[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+|[A-Za-z]\w*(?:\.[A-Za-z_]\w*)+|\$\{?[A-Za-z_]\w+|(?:\/[\w.-]+){2,})(?![\w-])/g
