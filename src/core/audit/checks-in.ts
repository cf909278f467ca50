import { indentOf } from '../text/indent-of.ts'
import { LruMap } from '../model/collections/lru-map.ts'
import { sectionHead } from '../text/section-head.ts'
import { splitSpans } from '../text/split-spans.ts'
import { conditionsWithin } from './conditions-of-lines.ts'
import { checkOption, isOff, type CheckKind, type CheckOption } from './check-option.ts'
import { whensAround } from './whens-around.ts'

/** One place of a file that decides whether something is checked. */
export interface CheckPlace {
  /** The option as it is written, or the flag: `validate_certs`, `curl -k`. */
  readonly option: string
  readonly kind: CheckKind
  /** Counted from 1. */
  readonly line: number
  /** `template`: what is written is a template, and off is what it may come out as. */
  readonly state: 'on' | 'off' | 'template'
  readonly value: string
  readonly how: CheckOption | undefined
  /** The task, key or section that it stands in: tells two places of one file apart. */
  readonly within: string
  /** Conditions under which the place counts at all, as Jinja expressions. */
  readonly conditions: readonly string[]
}

/** Every such place of a task file, template, script, file of variables or configuration. */
export function checksIn(path: string, text: string): readonly CheckPlace[] {
  if (!WORTH.test(text)) return []
  const key = `${path}\0${text}`
  const found = known.get(key)?.places
  if (found) return found
  const places = look(path, text)
  known.set(key, { places, size: key.length })
  return places
}

/** Each audit looks through all files of two trees, and each fix that is weighed is an audit; most files are the same every time. */
const known = new LruMap<string, { readonly places: readonly CheckPlace[]; readonly size: number }>(
  4_000_000,
  ({ size }) => size,
)

function look(path: string, text: string): readonly CheckPlace[] {
  const bare = withoutComments(path, text)
  const lines = bare.split('\n')
  const places = [
    ...lines.flatMap((line, index) => (WORTH.test(line) ? inLine(line, lines, index) : [])),
    ...flagsIn(bare),
  ]
  const seen = new Set<string>()
  return places
    .filter(({ option, line }) => !seen.has(`${option}\0${line}`) && seen.add(`${option}\0${line}`))
    .map((each) => seated(each, path, lines))
}

/** With where it stands, which is looked for when somebody asks: most places check, and nobody does. */
function seated(place: Bare, path: string, lines: readonly string[]): CheckPlace {
  const at = place.line - 1
  let within: string | undefined
  let conditions: readonly string[] | undefined
  return {
    ...place,
    get within() {
      return (within ??= withinOf(lines, at))
    },
    get conditions() {
      return (conditions ??= conditionsOf(path, lines, at))
    },
  }
}

type Bare = Omit<CheckPlace, 'within' | 'conditions'>

const WORTH =
  /verif|insecure|check|valid|trust|unauth|curl|strict|sha(?:1|256|512)|md5|gpg|host_?key|known_?hosts|plain.?http|accept_?host|_keys?\b/i

const COMMENTS = [{ open: '{#', close: '#}' }]

/** A comment is blanked, so that lines keep their numbers. */
function withoutComments(path: string, text: string): string {
  const blank = (part: string): string => part.replace(/[^\n]/g, ' ')
  const plain = path.endsWith('.j2')
    ? splitSpans(text, COMMENTS)
        .map((part, at) => (at % 2 === 1 ? blank(part) : part))
        .join('')
    : text
  return plain.replace(/(^|[ \t])#.*$/gm, blank).replace(/^[ \t]*(?:;|\/\/).*$/gm, blank)
}

const VALUE = String.raw`"(?:[^"\\]|\\.)*"|'[^']*'|\{\{.*?\}\}|\{[^{}]*\}|\[[^\]]*\]|(?:(?!\{%)[^\s,;"'}\])])+`
const PAIR = new RegExp(
  String.raw`(?<![\w.$-])["']?(?<name>-{0,2}[A-Za-z][\w.-]*)["']?[ \t]*(?::(?=[ \t]|$)|=)[ \t]*(?<value>${VALUE})?`,
  'g',
)
/** `http.sslVerify false`, `StrictHostKeyChecking no`: as git, npm and ssh take them. */
const WORDS = /(?<![\w.$-])(?<name>[A-Za-z][\w.-]*)[ \t]+(?<value>true|false|yes|no|on|off|0|1)(?![\w.])/g
/** `option: gpgcheck` and `value: 0`, on one line or two. */
const INI_OPTION =
  /\boption:[ \t]*["']?(?<name>\w+)["']?(?:,|[ \t]*\n)[ \t]*value:[ \t]*(?<value>"[^"]*"|'[^']*'|[^\s,}]+)/g

function inLine(line: string, lines: readonly string[], index: number): readonly Bare[] {
  const two = `${line}\n${lines[index + 1] ?? ''}`
  const found = [
    ...[...line.matchAll(PAIR)].map((match) => placeOf(match.groups, index, lines)),
    ...[...line.matchAll(WORDS)].map((match) => placeOf(match.groups, index, lines)),
    ...[...two.matchAll(INI_OPTION)].map((match) => placeOf(match.groups, index, lines)),
  ]
  return found.filter((each) => each !== undefined)
}

function placeOf(
  groups: Readonly<Record<string, string | undefined>> | undefined,
  index: number,
  lines: readonly string[],
): Bare | undefined {
  const option = (groups?.['name'] ?? '').replace(/^-+(?:o(?=[A-Z]))?/, '')
  const how = checkOption(option)
  if (!how) return undefined
  const value = groups?.['value'] ?? ''
  const isParent = value === '' && isIndentedBelow(lines, index)
  // What is checked with may stand below its key; a list does.
  if (isParent && how.meaning !== 'lists') return undefined
  // A list that begins here and is filled by a loop holds what the loop's variable holds.
  if (value === '[' && !/^\s*["'\w]/.test(lines[index + 1] ?? '')) return undefined
  const isTemplate = value.includes('{{') && !/\{\{\s*omit\s*\}\}/.test(value)
  const known = isParent || isOff(how, value) ? 'off' : 'on'
  return { option, kind: how.kind, line: index + 1, state: isTemplate ? 'template' : known, value, how }
}

function isIndentedBelow(lines: readonly string[], index: number): boolean {
  const [own = '', ...below] = lines.slice(index)
  const next = below.find((line) => line.trim() !== '') ?? ''
  return indentOf(next) > indentOf(own) || (indentOf(next) === indentOf(own) && /^\s*-\s/.test(next))
}

/** Flags and settings that switch off by being there. */
const FLAGS: readonly (readonly [RegExp, string, CheckKind])[] = [
  [
    /\bcurl\b(?:[^|;&\n]|\\?\n(?=[ \t]*(?:-[ \t]+["']?)?-{1,2}[A-Za-z]))*?[\s"',[](?<flag>-[sSfLvgiIjJNOpRq46]*k[sSfLvgiIjJNOpRq46]*)(?=[\s"',\]]|$)/g,
    'curl -k',
    'certificate',
  ],
  [/\bdeb(?:-src)?[ \t]*\[[^\]\n]*\b(?<flag>trusted=yes)/g, '[trusted=yes]', 'signature'],
  [/^[ \t]*(?<flag>[Tt]rusted:[ \t]*(?:yes|true))/gm, 'Trusted: yes', 'signature'],
  [/(?<flag>UserKnownHostsFile[= \t]+["']?\/dev\/null)/g, 'UserKnownHostsFile=/dev/null', 'host-key'],
  [/(?<![\w-])(?<flag>--trusted-host)\b/g, '--trusted-host', 'certificate'],
  [/(?<flag>^[ \t]*\[registries\.insecure\])/gm, '[registries.insecure]', 'certificate'],
  [/(?<![\w-])(?<flag>--force-yes)\b/g, '--force-yes', 'signature'],
]
/** A long flag without a value: `--insecure`, `--no-check-certificate`. */
const LONG_FLAG = /(?<![\w-])--(?<name>[a-z][a-z-]*)(?![\w=-])/gi

function flagsIn(text: string): readonly Bare[] {
  const named = FLAGS.flatMap(([pattern, option, kind]) =>
    [...text.matchAll(pattern)]
      .filter(() => option !== 'Trusted: yes' || /deb822|^Types:/m.test(text))
      .map((match) => {
        const at = match.index + match[0].lastIndexOf(match.groups?.['flag'] ?? '')
        return offAt(text, at, option, kind)
      }),
  )
  const long = [...text.matchAll(LONG_FLAG)].flatMap((match) => {
    const name = match.groups?.['name'] ?? ''
    const how = checkOption(name)
    const isOffByItself = how?.meaning === 'skips' || (how?.meaning === 'lists' && name.includes('insecure'))
    return how && isOffByItself ? [offAt(text, match.index, `--${name}`, how.kind)] : []
  })
  return [...named, ...long]
}

function offAt(text: string, at: number, option: string, kind: CheckKind): Bare {
  const line = text.slice(0, at).split('\n').length
  return { option, kind, line, state: 'off', value: '', how: undefined }
}

/** The nearest task, section or key above with less indentation. */
function withinOf(lines: readonly string[], index: number): string {
  const [own = '', ...above] = lines.slice(0, index + 1).reverse()
  const key = /^(\w+):/.exec(own)?.[1]
  if (key !== undefined) return key
  let indent = indentOf(own)
  for (const line of above) {
    if (line.trim() === '') continue
    const section = sectionHead(line)
    if (section !== undefined) return section
    const name = /^\s*-\s+name:(.*)$/.exec(line)?.[1]
    if (name !== undefined && indentOf(line) < indent) return name.trim()
    if (indentOf(line) >= indent) continue
    indent = indentOf(line)
    if (indent === 0 || /^\s*-\s/.test(line)) return line.trim()
  }
  return ''
}

/** A loop around it leaves open whether it comes up at all: `omit` is known to nobody. */
function conditionsOf(path: string, lines: readonly string[], index: number): readonly string[] {
  return [
    ...conditionsWithin(lines, index, ['omit']).map((each) => `(${each})`),
    ...(path.endsWith('.j2') ? [] : whensAround(lines, index)),
  ]
}
