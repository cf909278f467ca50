import { defined, optional } from '../../core/model/defined.ts'
import type { Inventory } from '../../core/inventory/find-inventories.ts'
import { extraSettings } from '../../core/inventory/extra-settings.ts'
import type { Oid } from '../../core/model/oid.ts'
import type { Tree } from '../../core/model/tree.ts'
import { decodeText } from '../../core/text/split-lines.ts'
import { foreignLookup } from '../../core/verify/foreign-lookup.ts'
import { isForSyntax, isForValidation, isOddName, isPlugin } from '../../core/verify/is-plugin.ts'
import { readAnswers } from '../../core/verify/read-answers.ts'
import { asksForVault, notInstalled, readFailures } from '../../core/verify/read-failures.ts'
import { readingSettings } from '../../core/verify/reading-settings.ts'
import type { Written } from '../../core/verify/tree-as-files.ts'
import { validationOf, type Validation } from '../../core/verify/validation-of.ts'
import type { Question, VerifiedRun, WhyNot } from '../../core/verify/verified.ts'
import type { Ansible, AnsibleFolder, AskedWith, FilesToRun, Ran } from '../../ports/ansible.ts'
import type { ObjectReader } from '../../ports/object-store.ts'
import type { ReadInventory } from '../repository/read-inventories.ts'

/** A tree as Kubespray is seen in a repository, ready to be written. */
export interface TreeToVerify {
  readonly store: Pick<ObjectReader, 'readBlobs'>
  readonly tree: Tree
  readonly written: Written
}

interface VerifiedInventory {
  readonly runs: readonly VerifiedRun[]
  /** Files with commands that hand in what cannot be told from them. */
  readonly unclear: readonly string[]
}

/** Asks the three questions of one inventory, or of none. */
export async function verifyInventory(
  ansible: Ansible,
  of: TreeToVerify,
  read: ReadInventory | undefined,
): Promise<VerifiedInventory> {
  const inventory = read?.inventory
  const files = await readFiles(of, inventory)
  const { extra, unclear } = extraOf(read, files.all)
  const settings = readingSettings(files.text('ansible.cfg') ?? '', files.all.keys())
  const asked = { hosts: inventory?.hostFiles ?? [], extra, settings }
  const about = defined({ inventory: inventory?.path })
  const odd = [...asked.hosts, ...(inventory?.extra ?? []).map(({ path }) => path)].find(isOddName)
  if (odd !== undefined) {
    const why = { code: 'odd-name', path: odd } as const
    return { runs: QUESTIONS.map((question) => notRun(question, about, why)), unclear }
  }
  const listed = await listInventory(ansible, files.forValidation, asked, { about, inventory })
  const syntax = await checkSyntax(ansible, files.forSyntax, asked, about)
  const validated = await validate(ansible, files, { asked, about, inventory, listed, tree: of })
  return { runs: [listed, ...syntax, validated], unclear }
}

const QUESTIONS: readonly Question[] = ['inventory', 'syntax', 'validation']

type About = Pick<VerifiedRun, 'inventory' | 'playbook'>

function notRun(question: Question, about: About, why: WhyNot): VerifiedRun {
  return { question, ...about, answer: 'not-run', why, failures: [], told: [] }
}

async function listInventory(
  ansible: Ansible,
  files: FilesToRun,
  asked: AskedWith,
  { about, inventory }: Pick<ToValidate, 'about' | 'inventory'>,
): Promise<VerifiedRun> {
  if (!inventory || asked.hosts.length === 0) {
    const dynamic = inventory?.dynamic ?? []
    return notRun(
      'inventory',
      about,
      dynamic.length > 0 ? { code: 'dynamic', files: dynamic } : { code: 'no-hosts' },
    )
  }
  const foreign = foreignIn(files)
  if (foreign) return notRun('inventory', about, foreign)
  return outcome('inventory', about, await ansible.withFiles(files, (folder) => folder.list(asked)))
}

/** The playbooks that people run; where they stand has changed, their names at the top have not. */
const PLAYBOOKS = ['cluster.yml', 'upgrade-cluster.yml']
const INNER_PLAYBOOKS = ['playbooks/cluster.yml', 'playbooks/upgrade_cluster.yml']

async function checkSyntax(
  ansible: Ansible,
  files: FilesToRun,
  asked: AskedWith,
  about: About,
): Promise<readonly VerifiedRun[]> {
  const [top, inner] = [PLAYBOOKS, INNER_PLAYBOOKS].map((names) => names.filter((path) => files.has(path)))
  const playbooks = top && top.length > 0 ? top : (inner ?? [])
  if (playbooks.length === 0) return [notRun('syntax', about, { code: 'no-playbook' })]
  const foreign = foreignIn(files)
  if (foreign) return [notRun('syntax', about, foreign)]
  return ansible.withFiles(files, async (folder) => {
    const runs: VerifiedRun[] = []
    for (const playbook of playbooks)
      runs.push(outcome('syntax', { ...about, playbook }, await folder.checkSyntax(playbook, asked)))
    return runs
  })
}

function outcome(question: Question, about: About, { ended, said }: Ran): VerifiedRun {
  const base = { question, ...about, told: [] }
  if (ended === 'well') return { ...base, answer: 'passes', failures: [] }
  const vault = asksForVault(said)
  if (ended === 'timed-out')
    return { ...base, answer: 'unanswered', why: { code: 'timed-out' }, failures: [] }
  if (vault) return { ...base, answer: 'unanswered', why: { code: 'vault', ...vault }, failures: [] }
  const lacks = notInstalled(said)
  if (lacks !== undefined)
    return { ...base, answer: 'unanswered', why: { code: 'not-installed', name: lacks }, failures: [] }
  return { ...base, answer: 'fails', failures: readFailures(said) }
}

interface ToValidate {
  readonly asked: AskedWith
  readonly about: About
  readonly inventory: Inventory | undefined
  readonly listed: VerifiedRun
  readonly tree: TreeToVerify
}

async function validate(
  ansible: Ansible,
  files: FilesRead,
  { asked, about, inventory, listed, tree }: ToValidate,
): Promise<VerifiedRun> {
  const validation = validationOf({ paths: [...files.all.keys()].sort(), text: files.text })
  if ('code' in validation) return notRun('validation', about, validation)
  if (inventory && inventory.dynamic.length > 0)
    return notRun('validation', about, { code: 'dynamic', files: inventory.dynamic })
  if (listed.answer !== 'passes')
    return notRun('validation', about, listed.why ?? { code: 'inventory-fails' })
  const playbook = freeName(files.forValidation)
  const own = filesOfValidation(validation, files, playbook)
  const foreign = foreignIn(own)
  if (foreign) return notRun('validation', about, foreign)
  const withheld = [...tree.written.keys()].filter(isPlugin)
  return ansible.withFiles(own, (folder) => play(folder, playbook, { asked, about, validation, withheld }))
}

async function play(
  folder: AnsibleFolder,
  playbook: string,
  {
    asked,
    about,
    validation,
    withheld,
  }: Pick<ToValidate, 'asked' | 'about'> & {
    readonly validation: Validation
    readonly withheld: readonly string[]
  },
): Promise<VerifiedRun> {
  const played = await folder.play(playbook, {
    ...asked,
    settings: { ...asked.settings, roles: ['roles'], modules: [] },
  })
  const { failures, told, why, asked: answered } = readAnswers(played.answers, playbook, withheld)
  const base = { question: 'validation' as const, ...about, told, checks: validation.checks, asked: answered }
  if (played.ended === 'well' && played.answers.length === 0)
    return notRun('validation', about, { code: 'no-hosts' })
  if (failures.length > 0) return { ...base, answer: 'fails', failures, ...optional(why, (why) => ({ why })) }
  if (why) return { ...base, answer: 'unanswered', why, failures }
  if (played.ended === 'well' && played.isWhole) return { ...base, answer: 'passes', failures }
  return {
    ...outcome('validation', about, played.ended === 'well' ? { ...played, ended: 'badly' } : played),
    told,
  }
}

/** A name for our playbook that the tree has not. */
function freeName(files: FilesToRun): string {
  let name = 'multiarch-validation.yml'
  while (files.has(name)) name = `own-${name}`
  return name
}

function filesOfValidation(
  { playbook, files: paths, written }: Validation,
  files: FilesRead,
  name: string,
): FilesToRun {
  const roles = paths.flatMap((path) => optionalFile(path, files.all.get(path)))
  const texts = [...written, [name, playbook] as const]
  return new Map([
    ...files.forValidation,
    ...roles,
    ...texts.map(([path, text]) => [path, new TextEncoder().encode(text)] as const),
  ])
}

function optionalFile(
  path: string,
  bytes: Uint8Array | undefined,
): readonly (readonly [string, Uint8Array])[] {
  return bytes ? [[path, bytes]] : []
}

/** The first lookup in files that are about to be read that may start something. */
function foreignIn(files: FilesToRun): WhyNot | undefined {
  for (const [file, bytes] of files) {
    if (!MAY_HOLD_TEMPLATES.test(file)) continue
    const found = foreignLookup(file, decodeText(bytes) ?? '')
    if (found) return { code: 'lookup', file, ...found }
  }
  return undefined
}

/** Files of variables and hosts often have no ending; what has one of these is text that Ansible reads. */
const MAY_HOLD_TEMPLATES = /(?:^|\/)[^./]+$|\.(?:ya?ml|json|j2|ini|cfg|toml|txt)$/

interface FilesRead {
  /** All that either folder holds, and what is only looked at. */
  readonly all: FilesToRun
  readonly forSyntax: FilesToRun
  readonly forValidation: FilesToRun
  readonly text: (path: string) => string | undefined
}

async function readFiles(
  { store, written }: TreeToVerify,
  inventory: Inventory | undefined,
): Promise<FilesRead> {
  const wanted = [...written].filter(
    ([path]) =>
      isForSyntax(path, inventory) ||
      isForValidation(path, inventory) ||
      path === 'ansible.cfg' ||
      inventory?.extra.some((each) => each.path === path),
  )
  const blobs = await store.readBlobs([...new Set(wanted.map(([, oid]): Oid => oid))])
  const all = new Map(wanted.flatMap(([path, oid]) => optionalFile(path, blobs.get(oid))))
  const only = (isIn: (path: string, inventory: Inventory | undefined) => boolean): FilesToRun =>
    new Map([...all].filter(([path]) => isIn(path, inventory)))
  return {
    all,
    forSyntax: only(isForSyntax),
    forValidation: only(isForValidation),
    text: (path) => {
      const bytes = all.get(path)
      return bytes && decodeText(bytes)
    },
  }
}

/** What commands hand in: files as they are, values where the command tells them. */
function extraOf(
  read: ReadInventory | undefined,
  files: FilesToRun,
): { readonly extra: AskedWith['extra']; readonly unclear: readonly string[] } {
  const extra: AskedWith['extra'][number][] = []
  const unclear: string[] = []
  for (const source of read?.inventory.extra ?? []) {
    if (source.kind === 'file') {
      if (files.has(source.path)) extra.push({ file: source.path })
      else unclear.push(source.path)
      continue
    }
    const { settings } = extraSettings([source], read?.texts ?? new Map())
    const plain = settings.filter(({ nature, value }) => nature === 'plain' && isSimple(value))
    if (plain.length < settings.length) unclear.push(source.path)
    if (plain.length > 0)
      extra.push({
        values: JSON.stringify(Object.fromEntries(plain.map(({ name, value }) => [name, value]))),
      })
  }
  return { extra, unclear: [...new Set(unclear)] }
}

function isSimple(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value)
}
