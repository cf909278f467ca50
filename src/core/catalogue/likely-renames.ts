import type { Variable } from './catalogue.ts'

export interface Rename {
  readonly from: string
  readonly to: string
  /** One clause that can stand after "because": what makes it likely. */
  readonly why: string
}

interface RenameQuestion {
  readonly before: ReadonlyMap<string, Variable>
  readonly after: ReadonlyMap<string, Variable>
  readonly gone: readonly Variable[]
}

/**
 * Guesses what took the place of variables that are gone. A guess needs evidence in the releases themselves:
 * one name stood for the other, the names differ by a slip of the pen or by one word, or a new variable has
 * the same telling default and a kindred name.
 */
export function likelyRenames(question: RenameQuestion): readonly Rename[] {
  const added = [...question.after.values()].filter(({ name }) => !question.before.has(name))
  return question.gone.flatMap((variable) => {
    const rename =
      stoodFor(variable, question) ??
      misspelt(variable, added) ??
      sameDefault(variable, added) ??
      withoutGroup(variable, question)
    return rename ? [rename] : []
  })
}

/** In the earlier release one variable took its value from the other, and only one of them is left. */
function stoodFor({ name, value }: Variable, { before, after }: RenameQuestion): Rename | undefined {
  const alias = ALIAS.exec(value)?.[1]
  if (alias !== undefined && after.has(alias) && isSameKind(name, alias)) {
    return { from: name, to: alias, why: `it was only another name for \`${alias}\` by default` }
  }
  for (const each of before.values()) {
    if (ALIAS.exec(each.value)?.[1] !== name || !after.has(each.name)) continue
    if (sharedWords(name, each.name) < KINDRED) continue
    return { from: name, to: each.name, why: `\`${each.name}\` took its default from it` }
  }
  return undefined
}

/**
 * `kubeadm_version` and `kube_version` say the same of two things; an image's tag that follows a version does
 * not.
 */
function isSameKind(a: string, b: string): boolean {
  const [left, right] = [a.split('_'), b.split('_')]
  return left.length === right.length && left.at(-1) === right.at(-1)
}

const ALIAS = /^\{\{\s*([a-z]\w*)\s*\}\}$/

function misspelt({ name }: Variable, added: readonly Variable[]): Rename | undefined {
  const meant = added.find((each) => name.length > 8 && isSlip(name, each.name))
  return meant && { from: name, to: meant.name, why: 'the names differ by a slip of the pen' }
}

/** One or two letters more, less or other, and the same word otherwise. */
function isSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 3) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)]
  // Digits tell versions and address families apart, not slips.
  return left.length <= 2 && right.length <= 2 && !/\d/.test(left + right)
}

/**
 * The same default, where it is telling, in a new variable of the same file or subject that shares words with
 * the old one.
 */
function sameDefault({ name, path, value }: Variable, added: readonly Variable[]): Rename | undefined {
  if (!isTelling(value)) return undefined
  const same = added.filter(
    (each) => each.value === value && (each.path === path || firstWord(each.name) === firstWord(name)),
  )
  const kindred = same
    .map((each) => ({ each, shared: sharedWords(name, each.name) }))
    .filter(({ shared }) => shared >= KINDRED)
    .sort((a, b) => b.shared - a.shared)
  const best = kindred[0]
  return (
    best && {
      from: name,
      to: best.each.name,
      why: `the new \`${best.each.name}\` has the same default, \`${value}\``,
    }
  )
}

/**
 * Measured by bench/variables.ts over all pairs of releases: below this, chance pairs of ports and sizes come
 * in.
 */
const KINDRED = 0.3

function isTelling(value: string): boolean {
  return value.length > 2 && !/^(?:true|false|null|none|\[\]|\{\}|""|\d{1,3})$/i.test(value)
}

function firstWord(name: string): string {
  return name.split('_')[0] as string
}

/** The share of words two names have in common, of all words in either. */
function sharedWords(a: string, b: string): number {
  const [left, right] = [new Set(a.split('_')), new Set(b.split('_'))]
  const common = [...left].filter((word) => right.has(word)).length
  return common / new Set([...left, ...right]).size
}

/** A setting that had a variable for each group of nodes and now has one, set in the variables of a group. */
function withoutGroup({ name }: Variable, { after }: RenameQuestion): Rename | undefined {
  const group = /_(master|node)_/.exec(name)?.[1]
  if (group === undefined) return undefined
  const general = name.replace(`_${group}_`, '_')
  if (!after.has(general)) return undefined
  return { from: name, to: general, why: `\`${general}\` can be set in the variables of each group of nodes` }
}
