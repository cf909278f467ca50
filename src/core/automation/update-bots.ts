import { parseYaml } from '../yaml/tree/parse-yaml.ts'
import type { YamlNode } from '../yaml/node/yaml-node.ts'
import { readPattern } from './holds.ts'
import { takesName } from './takes-name.ts'
import { entriesOf, itemsOf, valueAt, wordOf, wordsOf } from './value-at.ts'

/** A bot that proposes newer versions of what a repository uses, as its settings in the repository have it. */
export interface UpdateBot {
  readonly bot: UpdateBotName
  readonly file: string
  /** What its settings say that it keeps away from; `undefined` where they cannot be read, or come from elsewhere. */
  readonly leaves: Leaves | undefined
  /** Of Dependabot: what it looks after. */
  readonly ecosystems: readonly string[]
}

export type UpdateBotName = 'renovate' | 'dependabot'

interface Leaves {
  readonly kubespray: boolean
  readonly kubernetes: boolean
}

const RENOVATE_FILES = [
  ...['renovate.json', 'renovate.json5', '.github/renovate.json', '.github/renovate.json5'],
  ...[
    '.gitlab/renovate.json',
    '.gitlab/renovate.json5',
    '.renovaterc',
    '.renovaterc.json',
    '.renovaterc.json5',
  ],
]

/** Where the settings of such bots are. */
export const UPDATE_BOT_FILES: readonly string[] = [
  ...RENOVATE_FILES,
  '.github/dependabot.yml',
  '.github/dependabot.yaml',
]

/** The bots of a repository. `dependencies` are the names under which Renovate may know Kubernetes there. */
export function updateBots(
  texts: ReadonlyMap<string, string>,
  dependencies: readonly string[],
): readonly UpdateBot[] {
  const renovate = RENOVATE_FILES.find((file) => texts.has(file))
  const dependabot = UPDATE_BOT_FILES.slice(RENOVATE_FILES.length).find((file) => texts.has(file))
  return [
    ...(renovate === undefined ? [] : [renovateAt(renovate, texts.get(renovate) ?? '', dependencies)]),
    ...(dependabot === undefined ? [] : [dependabotAt(dependabot, texts.get(dependabot) ?? '')]),
  ]
}

/** Whose branch it is, by the names that these bots give. */
export function botOfBranch(branch: string): UpdateBotName | undefined {
  if (/^renovate\/./.test(branch)) return 'renovate'
  return /^dependabot\/./.test(branch) ? 'dependabot' : undefined
}

/** The name that a comment of Renovate's gives the dependency on the line below it or before it. */
export function dependencyIn(comment: string): string | undefined {
  if (!/\brenovate\b/i.test(comment)) return undefined
  return /\b(?:depName|packageName)=\s*["']?([^\s"']+)/.exec(comment)?.[1]
}

function renovateAt(file: string, text: string, dependencies: readonly string[]): UpdateBot {
  const root = rootOf(withoutComments(text))
  return { bot: 'renovate', file, ecosystems: [], leaves: root && leavesOf(root, dependencies) }
}

function leavesOf(root: YamlNode, dependencies: readonly string[]): Leaves {
  const isOff = wordOf(valueAt(root, 'enabled')) === 'false'
  const ignored = wordsOf(valueAt(root, 'ignoreDeps'))
  const rules = itemsOf(valueAt(root, 'packageRules')).filter(isWhole)
  const leaves = (names: readonly string[]): boolean =>
    isOff || names.some((name) => ignored.includes(name) || rules.some((rule) => matches(rule, name)))
  return { kubespray: leaves(KUBESPRAY), kubernetes: leaves(dependencies) }
}

/** As an image, a repository or a submodule. */
const KUBESPRAY = [
  'kubernetes-sigs/kubespray',
  'quay.io/kubespray/kubespray',
  'https://github.com/kubernetes-sigs/kubespray',
]

/** A rule that switches off, whatever the kind of update. */
function isWhole(rule: YamlNode): boolean {
  const keys = entriesOf(rule).map(([key]) => key)
  return (
    wordOf(valueAt(rule, 'enabled')) === 'false' &&
    keys.some((key) => NAMED.has(key)) &&
    keys.every((key) => NAMED.has(key) || PLACED.has(key))
  )
}

const NAMED: ReadonlySet<string> = new Set([
  ...[
    'matchPackageNames',
    'matchDepNames',
    'matchPackagePatterns',
    'matchDepPatterns',
    'matchPackagePrefixes',
  ],
])
const PLACED: ReadonlySet<string> = new Set([
  ...[
    'enabled',
    'description',
    'matchFileNames',
    'matchPaths',
    'matchManagers',
    'matchDatasources',
    '$schema',
  ],
])

function matches(rule: YamlNode, name: string): boolean {
  const exact = [...wordsOf(valueAt(rule, 'matchPackageNames')), ...wordsOf(valueAt(rule, 'matchDepNames'))]
  if (exact.some((each) => each.startsWith('!') && isNamedBy(each.slice(1), name))) return false
  const patterns = [
    ...wordsOf(valueAt(rule, 'matchPackagePatterns')),
    ...wordsOf(valueAt(rule, 'matchDepPatterns')),
  ]
  return (
    exact.some((each) => isNamedBy(each, name)) ||
    patterns.some((each) => each === '*' || readPattern(`/${each}/`)?.test(name) === true) ||
    wordsOf(valueAt(rule, 'matchPackagePrefixes')).some((each) => name.startsWith(each))
  )
}

function isNamedBy(written: string, name: string): boolean {
  if (/^\/.*\/i?$/.test(written)) return readPattern(written)?.test(name) === true
  return takesName([written.toLowerCase()], name.toLowerCase())
}

function dependabotAt(file: string, text: string): UpdateBot {
  const root = rootOf(text)
  const updates = itemsOf(valueAt(root, 'updates'))
  const ignores = updates.flatMap((each) => itemsOf(valueAt(each, 'ignore')))
  const kubespray = ignores.some(
    (each) =>
      /kubespray|^\*$/i.test(wordOf(valueAt(each, 'dependency-name')) ?? '') &&
      !valueAt(each, 'versions') &&
      !valueAt(each, 'update-types'),
  )
  // It reads no variables of inventories.
  const leaves = root && { kubespray, kubernetes: true }
  const ecosystems = updates.flatMap((each) => wordOf(valueAt(each, 'package-ecosystem')) ?? [])
  return { bot: 'dependabot', file, leaves, ecosystems }
}

function rootOf(text: string): YamlNode | undefined {
  const parsed = parseYaml(text)
  return parsed.kind === 'parsed' ? parsed.source.documents[0]?.root : undefined
}

/** JSON5 is YAML but for its comments. */
function withoutComments(text: string): string {
  return text.replaceAll(
    /"(?:[^"\\\n]|\\[^])*"?|'(?:[^'\\\n]|\\[^])*'?|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g,
    (part) => (/^\/(?:\/|.*\*\/$)/s.test(part) ? ' ' : part),
  )
}
