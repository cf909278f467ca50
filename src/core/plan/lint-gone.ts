import { isSameValue, type CatalogueChanges } from '../catalogue/compare-catalogues.ts'
import type { Replaced } from '../catalogue/catalogue.ts'
import { codeSpan } from '../model/code-span.ts'
import { defined } from '../model/defined.ts'
import { isGivenByAnsible } from '../model/is-given-by-ansible.ts'
import { isBuiltWith } from './built-with.ts'
import type { LintFinding, LintRequest, MechanicalEdit, Setting } from './lint-finding.ts'

/** What becomes of a variable that the release gone to refuses, or no longer gives a default. */
export function lintGone(
  setting: Setting,
  changes: CatalogueChanges,
  request: LintRequest,
): readonly LintFinding[] | undefined {
  const guard = request.to.catalogue.guards.removed.find((each) => each.name === setting.name)
  if (guard) return [stopsPlay(setting, guard.path, { changes, request })]
  return isGone(setting.name, changes, request) ? gone(setting, { changes, request }) : undefined
}

interface Question {
  readonly changes: CatalogueChanges
  readonly request: LintRequest
}

function stopsPlay(setting: Setting, path: string, question: Question): LintFinding {
  const { name } = setting
  const { tag } = question.request.to
  const head = `\`${name}\` may not be set any more: ${tag} stops the play when it is (${codeSpan(path)}).`
  const found = { code: 'variable-stops-play', severity: 'error', ...placeOf(setting) } as const
  const replaced = replacement(setting, question.request)
  if (replaced) {
    const { by, becomes, edit } = replaced
    const asks = edit
      ? 'the step does so, and removes it'
      : `\`${by}\` is set to something else, so please look which of the two is meant`
    return {
      ...found,
      message: `${head} What it said is \`${by}: ${becomes}\` now: ${asks}.`,
      meant: by,
      ...edit,
    }
  }
  if (isOff(setting)) {
    return { ...found, message: `${head} It is off, so the step removes it.`, edit: removal(name) }
  }
  const fed = fedBy(name, question.request)
  if (fed.length > 0) {
    const set = new Set(question.request.settings.map((each) => each.name))
    const isKept = fed.every((each) => isBuiltWith(each) || set.has(each))
    const names = fed.map((each) => `\`${each}\``).join(' and ')
    const asks = isKept
      ? 'the step writes down what came of it, and removes it'
      : 'please set what came of it there, and remove it'
    return {
      ...found,
      message: `${head} It gave ${names} the default so far: ${asks}.`,
      ...defined({ edit: isKept ? removal(name) : undefined }),
    }
  }
  return { ...found, message: `${head} Please remove it.`, ...meant(name, question.changes) }
}

function gone(setting: Setting, { changes, request }: Question): readonly LintFinding[] {
  const { name } = setting
  const { from, to, mentioned } = request
  const place = placeOf(setting)
  const replaced = replacement(setting, request)
  if (replaced) {
    const { by, becomes, how, path, edit } = replaced
    const who =
      how === 'fact'
        ? `${to.tag} turns it into \`${by}: ${becomes}\` itself for now`
        : `${to.tag} wants \`${by}: ${becomes}\` instead`
    const asks = edit
      ? 'the step writes that down in its place'
      : `\`${by}\` is set to something else, so please look which of the two is meant`
    const message = `\`${name}\` is no variable of ${to.tag} any more; ${who} (${codeSpan(path)}): ${asks}.`
    return [{ code: 'variable-renamed', severity: 'warning', message, ...place, meant: by, ...edit }]
  }
  const heir = heirOf(name, request)
  if (heir !== undefined) {
    const message = `\`${name}\` is called \`${heir}\` in ${to.tag}, which takes its default from the old one for now.`
    return [{ code: 'variable-renamed', severity: 'warning', message, ...place, meant: heir }]
  }
  const before = changes.gone.find((each) => each.name === name)
  const changesNothing = isOff(setting) || (before !== undefined && isSame(setting.value, before.value))
  if (mentioned?.to.has(name)) {
    if (changesNothing) return []
    const message = `\`${name}\` has no default in ${to.tag} any more, though its tasks or templates still mention it: please check what it does there.`
    return [
      { code: 'variable-without-default', severity: 'warning', message, ...place, ...meant(name, changes) },
    ]
  }
  const rename = changes.renamed.find((each) => each.from === name)
  if (rename) {
    const message = `\`${name}\` is gone in ${to.tag}, and \`${rename.to}\` probably took its place: ${rename.why}. Setting the old one has no effect.`
    return [{ code: 'variable-renamed', severity: 'warning', message, ...place, meant: rename.to }]
  }
  const found = { code: 'variable-gone', severity: 'warning', ...place } as const
  if (changesNothing) {
    const message = `\`${name}\` is gone in ${to.tag}: setting it has no effect, and nothing warns of it. You can remove it.`
    return [{ ...found, message }]
  }
  const did = before
    ? `${codeSpan(before.path)} had it in ${from.tag}`
    : `tasks or templates of ${from.tag} read it`
  const message = `\`${name}\` is gone in ${to.tag}: nothing reads it there and nothing warns of it, so what it does now ends with this step (${did}). Look what you need in its place before you remove it.`
  return [{ ...found, message }]
}

/** What nothing defines or reads in the release gone to, while the one before did. */
function isGone(name: string, changes: CatalogueChanges, { from, to, mentioned }: LintRequest): boolean {
  if (isGivenByAnsible(name)) return false
  if (changes.gone.some((each) => each.name === name)) return true
  if (mentioned === undefined) return false
  const isDefined = ({ catalogue }: LintRequest['from']): boolean =>
    catalogue.variables.some((each) => each.name === name)
  // That the sample still shows a name is no reader of it.
  return (mentioned.from.has(name) || isDefined(from)) && !mentioned.to.has(name) && !isDefined(to)
}

/** What is off or empty asks nothing of a release that has no default of its own any more. */
function isOff({ value }: Setting): boolean {
  return /^(?:false|no|off|null|~|\[\s*\]|\{\s*\}|)$/i.test(bare(value))
}

interface Replacement extends Replaced {
  readonly edit?: { readonly edit: MechanicalEdit }
}

/** What the release itself says of a variable with this value; an edit unless the inventory says something else there. */
function replacement({ name, value }: Setting, { from, to, settings }: LintRequest): Replacement | undefined {
  const all = to.catalogue.guards.replaced.filter((each) => each.name === name && isSame(value, each.value))
  // What a task does counts for more than what a message says of it.
  const replaced = all.find(({ how }) => how === 'fact') ?? all[0]
  if (!replaced) return undefined
  const { by, becomes } = replaced
  const other = settings.find((each) => each.name === by && !isSame(each.value, becomes))
  const isFact = [...to.catalogue.guards.replaced, ...from.catalogue.guards.replaced].some(
    (each) => each.how === 'fact' && each.name === name && each.by === by,
  )
  // A task that sets a fact has outranked the inventory so far.
  if (other && !isFact) return replaced
  const changes = [
    { kind: 'set', name: by, value: becomes },
    { kind: 'remove', name },
  ] as const
  return { ...replaced, edit: { edit: { changes, title: `${by} ${becomes} takes the place of ${name}` } } }
}

/** The new variable that takes its default from an old one, and from nothing else. */
function heirOf(name: string, { from, to }: LintRequest): string | undefined {
  const known = new Set(from.catalogue.variables.map((each) => each.name))
  return to.catalogue.variables.find((each) => !known.has(each.name) && HEIR.exec(each.value)?.[1] === name)
    ?.name
}

const HEIR = /^\{\{\s*([A-Za-z_]\w*)\s*\|\s*(?:default|d)\([^()]*\)\s*(?:\|\s*bool\s*)?\}\}$/

/** Variables that took their default from this one, and that the release gone to still has. */
function fedBy(name: string, { from, to }: LintRequest): readonly string[] {
  const left = new Set(to.catalogue.variables.map((each) => each.name))
  const reached = new Set([name])
  for (let size = 0; size < reached.size;) {
    size = reached.size
    for (const each of from.catalogue.variables)
      if (/\{[{%]/.test(each.value) && words(each.value).some((word) => reached.has(word)))
        reached.add(each.name)
  }
  return [...reached].filter((each) => each !== name && left.has(each))
}

function words(text: string): readonly string[] {
  return text.match(/[A-Za-z_]\w*/g) ?? []
}

function removal(name: string): MechanicalEdit {
  return { changes: [{ kind: 'remove', name }] }
}

function placeOf({ name, file, line }: Setting): Pick<LintFinding, 'key'> & { file: string; line: number } {
  return { key: name, file, line }
}

function meant(name: string, changes: CatalogueChanges): { meant?: string } {
  const rename = changes.renamed.find(({ from }) => from === name)
  return rename ? { meant: rename.to } : {}
}

/** YAML's spellings of one value: quotes, and Python's `True` for `true`. */
export function isSame(a: string, b: string | undefined): boolean {
  return b !== undefined && isSameValue(bare(a), bare(b))
}

export function bare(text: string): string {
  const inner = /^(["'])(.*)\1$/.exec(text.trim())?.[2] ?? text.trim()
  return /^(?:true|false)$/i.test(inner) ? inner.toLowerCase() : inner
}
