import { defined, optional } from '../model/defined.ts'
import type { YamlNode } from '../yaml/node/yaml-node.ts'
import { callsInLine, type CallWorld, type MergedInto } from './call-world.ts'
import { holds, readPattern, type KnownValues } from './holds.ts'
import type { CallOnMerge } from './call-on-merge.ts'
import { entriesOf, itemsOf, valueAt, wordOf, wordsOf } from './value-at.ts'
import { readYamlFile, type YamlFile } from './yaml-file.ts'

/** What a pipeline of GitLab's runs when something is merged to a branch: `.gitlab-ci.yml`, with the files of the repository it includes. */
export function callsOfPipelines(
  texts: ReadonlyMap<string, string>,
  { branch, isDefault, world }: MergedInto,
): readonly CallOnMerge[] {
  const files = included(texts)
  const jobs: Jobs = new Map(
    files.flatMap((file) => entriesOf(file.root).map(([name, node]) => [name, { node, file }] as const)),
  )
  const known: KnownValues = new Map([
    ['$CI_COMMIT_BRANCH', branch],
    ['$CI_COMMIT_REF_NAME', branch],
    ['$CI_PIPELINE_SOURCE', 'push'],
    ['$CI_COMMIT_TAG', ''],
    ['$CI_MERGE_REQUEST_IID', ''],
    ...(isDefault ? [['$CI_DEFAULT_BRANCH', branch] as const] : []),
  ])
  const whole = jobs.get('workflow')
  const gate = whole && startOf(whole, { jobs, known, branch })
  if (whole && !gate) return []
  return [...jobs].flatMap(([name, job]) => {
    if (name.startsWith('.') || RESERVED.has(name)) return []
    const start = startOf(job, { jobs, known, branch })
    if (!start) return []
    const conditions = [...(gate?.conditions ?? []), ...start.conditions]
    return linesIn(job, { jobs, world }).map((call) => ({ ...start, ...call, conditions }))
  })
}

const RESERVED: ReadonlySet<string> = new Set([
  ...['default', 'include', 'stages', 'variables', 'workflow', 'image', 'services', 'cache', 'spec'],
  ...['before_script', 'after_script'],
])

function included(texts: ReadonlyMap<string, string>): readonly YamlFile[] {
  const found: YamlFile[] = []
  const open = ['.gitlab-ci.yml']
  for (let path = open.shift(); path !== undefined; path = open.shift()) {
    const name = path
    const text = texts.get(name)
    if (text === undefined || found.some(({ file }) => file === name)) continue
    const pipeline = readYamlFile(name, text, 'last')
    if (!pipeline) continue
    found.push(pipeline)
    const more = itemsOf(valueAt(pipeline.root, 'include'))
    open.push(
      ...more.map((each) => (wordOf(each) ?? wordOf(valueAt(each, 'local')) ?? '').replace(/^\//, '')),
    )
  }
  return found
}

/** A job, or a key of one, with the file in which it is written. */
interface Placed {
  readonly node: YamlNode
  readonly file: YamlFile
}

type Jobs = ReadonlyMap<string, Placed>

/** A key of a job, or of what it extends. */
function inJob(job: Placed | undefined, key: string, jobs: Jobs, depth = 0): Placed | undefined {
  if (!job || depth > MOST_EXTENDS) return undefined
  const own = valueAt(job.node, key)
  if (own) return { node: own, file: job.file }
  for (const name of [...wordsOf(valueAt(job.node, 'extends'))].reverse()) {
    const above = inJob(jobs.get(name), key, jobs, depth + 1)
    if (above) return above
  }
  return undefined
}

/** GitLab's own limit is eleven. */
const MOST_EXTENDS = 11

type Start = Pick<CallOnMerge, 'by' | 'in' | 'conditions' | 'only' | 'environment'>

interface PushTo {
  readonly jobs: Jobs
  readonly known: KnownValues
  readonly branch: string
}

/** How a push to the branch starts a job; `undefined` where it does not, or waits for a person's click. */
function startOf(job: Placed, { jobs, known, branch }: PushTo): Start | undefined {
  const at = (key: string): YamlNode | undefined => inJob(job, key, jobs)?.node
  const environment = wordOf(at('environment')) ?? wordOf(valueAt(at('environment'), 'name'))
  const start = { by: 'push', in: 'pipeline', conditions: [], ...defined({ environment }) } as const
  const rules = at('rules')
  if (rules) {
    const ruled = byRules(itemsOf(rules), { known, when: at('when') })
    return ruled && { ...start, ...ruled }
  }
  if (waits(at('when'))) return undefined
  const [only, except] = [at('only'), at('except')]
  const [wanted, unwanted] = [only, except].map((node) => variablesOf(node, known))
  if (takesRef(only, branch) === false || wanted?.truth === false) return undefined
  if (takesRef(except, branch) === true || unwanted?.truth === true) return undefined
  const paths = wordsOf(valueAt(except, 'changes'))
  return {
    ...start,
    conditions: [
      ...(wanted?.truth === 'unknown' ? [wanted.text] : []),
      ...(unwanted?.truth === 'unknown' ? [not(unwanted.text)] : []),
      ...(paths.length > 0 ? [not(paths.join(' '))] : []),
    ],
    ...optional(valueAt(only, 'changes'), (node) => ({ only: wordsOf(node) })),
  }
}

function not(text: string): string {
  return `!(${text})`
}

/** Whether one of the variables of an `only` or `except` holds, and those of which nobody knows. */
function variablesOf(node: YamlNode | undefined, known: KnownValues) {
  const variables = valueAt(node, 'variables')
  if (!variables) return undefined
  const told = wordsOf(variables).map((text) => ({ text, truth: holds(text, known) }))
  const open = told.filter(({ truth }) => truth === 'unknown').map(({ text }) => text)
  const isOne = told.some(({ truth }) => truth === true)
  return { truth: isOne || (open.length > 0 ? ('unknown' as const) : false), text: open.join(' || ') }
}

function waits(node: YamlNode | undefined): boolean {
  return /^(?:manual|never)$/.test(wordOf(node) ?? '')
}

/** The first rule that holds decides. Where it is not known which that is, each that may be is a way for the job to start. */
function byRules(
  rules: readonly YamlNode[],
  { known, when }: { readonly known: KnownValues; readonly when: YamlNode | undefined },
): Pick<Start, 'conditions' | 'only'> | undefined {
  const stops: string[] = []
  const ways: Pick<Start, 'conditions' | 'only'>[] = []
  for (const rule of rules) {
    const written = wordOf(valueAt(rule, 'if'))
    const truth = written === undefined ? true : holds(written, known)
    if (truth === false) continue
    const changes = valueAt(rule, 'changes')
    const paths = changes && wordsOf(valueAt(changes, 'paths') ?? changes)
    const open = written !== undefined && truth === 'unknown' ? [written] : []
    if (!waits(valueAt(rule, 'when') ?? when))
      ways.push({ conditions: [...stops, ...open], ...optional(paths, (only) => ({ only })) })
    else if (truth === 'unknown' || paths) stops.push(not(together(open, paths)))
    if (truth === true && !paths) break
  }
  return oneOf(ways)
}

function oneOf(
  ways: readonly Pick<Start, 'conditions' | 'only'>[],
): Pick<Start, 'conditions' | 'only'> | undefined {
  const free = ways.find(({ conditions, only }) => conditions.length === 0 && !only)
  if (free || ways.length < 2) return free ?? ways[0]
  const each = ways.map(({ conditions, only }) => together(conditions, only))
  return { conditions: [each.join(' || ')] }
}

function together(conditions: readonly string[], paths: readonly string[] = []): string {
  return [...conditions, paths.join(' ')].filter((part) => part !== '').join(' && ')
}

/** Whether an `only` or `except` names the branch; `undefined` where it names none. */
function takesRef(node: YamlNode | undefined, branch: string): boolean | undefined {
  const refs = node?.kind === 'mapping' ? valueAt(node, 'refs') : node
  if (!refs) return undefined
  return wordsOf(refs).some(
    (ref) =>
      ref === 'branches' || ref === 'pushes' || ref === branch || readPattern(ref)?.test(branch) === true,
  )
}

function linesIn(
  job: Placed,
  { jobs, world }: { readonly jobs: Jobs; readonly world: CallWorld },
): readonly Pick<CallOnMerge, 'file' | 'line' | 'playbooks'>[] {
  let folder: string | undefined = ''
  const found: Pick<CallOnMerge, 'file' | 'line' | 'playbooks'>[] = []
  for (const key of ['before_script', 'script', 'after_script']) {
    const script = inJob(job, key, jobs) ?? (key === 'script' ? undefined : byDefault(key, jobs))
    if (!script) continue
    const told = callsAt(script, folder, world)
    folder = told.folder
    found.push(...told.calls.map((call) => ({ file: script.file.file, ...call })))
  }
  return found
}

/** What stands before and behind the script of each job that says nothing else. */
function byDefault(key: string, jobs: Jobs): Placed | undefined {
  return inJob(jobs.get('default'), key, jobs) ?? jobs.get(key)
}

function callsAt({ node, file: { file, text, lineAt } }: Placed, at: string | undefined, world: CallWorld) {
  const calls: Pick<CallOnMerge, 'line' | 'playbooks'>[] = []
  let folder = at
  for (let line = lineAt(node.from); line <= lineAt(Math.max(node.from, node.to - 1)); line++) {
    const told = callsInLine(text.split('\n')[line - 1] ?? '', {
      folder,
      own: world.lines(file).get(line),
      world,
    })
    folder = told.folder
    if (told.playbooks) calls.push({ line, playbooks: told.playbooks })
  }
  return { calls, folder }
}
