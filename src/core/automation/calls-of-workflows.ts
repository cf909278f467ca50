import { defined } from '../model/defined.ts'
import type { YamlNode } from '../yaml/node/yaml-node.ts'
import { callsInLine, type CallWorld, type MergedInto } from './call-world.ts'
import { holds, type KnownValues } from './holds.ts'
import { inFolder } from './commands-in.ts'
import type { CallOnMerge } from './call-on-merge.ts'
import { entriesOf, itemsOf, valueAt, wordOf, wordsOf } from './value-at.ts'
import { BY, knownAt, startsOf, workflowStartedBy, type Start } from './starts-of.ts'
import { readYamlFile, type YamlFile } from './yaml-file.ts'

/** What workflows of GitHub’s set off when something is merged to a branch. */
export function callsOfWorkflows(
  texts: ReadonlyMap<string, string>,
  { branch, isDefault, world }: MergedInto,
): readonly CallOnMerge[] {
  const files = new Map([...texts].flatMap(([file, text]) => read(file, text)))
  const workflows = [...files].filter(([file]) => /^\.github\/workflows\/[^/]+$/.test(file))
  const started = new Map<string, Start>()
  for (const [file, { root }] of workflows)
    for (const start of startsOf(root, { branch, isDefault })) started.set(`${file} ${start.event}`, start)
  // One workflow may wait for another: as often as there are workflows, and no more.
  for (let round = 0; round < workflows.length; round++)
    for (const [file, { root }] of workflows) {
      const start = workflowStartedBy(root, { branch, isDefault, files, started })
      if (start && !started.has(`${file} ${start.event}`)) started.set(`${file} ${start.event}`, start)
    }
  return [...started].flatMap(([key, start]) => {
    const file = key.slice(0, key.lastIndexOf(' '))
    const workflow = files.get(file)
    return workflow ? callsIn(workflow, start, { branch, files, world }) : []
  })
}

function read(file: string, text: string): readonly (readonly [string, YamlFile])[] {
  if (!/^(?:\.github\/(?:workflows|actions)\/.*\.ya?ml|(?:.*\/)?action\.ya?ml)$/.test(file)) return []
  const found = readYamlFile(file, text, 'first')
  return found ? [[file, found]] : []
}

interface World {
  readonly branch: string
  readonly files: ReadonlyMap<string, YamlFile>
  readonly world: CallWorld
}

function callsIn(workflow: YamlFile, start: Start, world: World): readonly CallOnMerge[] {
  const { event, only, except } = start
  const known = knownAt(event, world.branch)
  return jobCalls(workflow, { ...world, known, insides: new Map() }).map(
    ({ line, playbooks, conditions, environment }) => ({
      file: workflow.file,
      line,
      playbooks,
      by: BY[event],
      in: 'workflow',
      conditions,
      ...defined({ only, except, environment }),
    }),
  )
}

type FoundCall = Pick<CallOnMerge, 'line' | 'playbooks' | 'conditions' | 'environment'>

interface Looking extends World {
  readonly known: KnownValues
  /** What workflows and actions of the same repository come to, whoever calls them; nothing yet where one is being read. */
  readonly insides: Map<string, readonly FoundCall[]>
}

function jobCalls(workflow: YamlFile, looking: Looking): readonly FoundCall[] {
  const jobs = new Map(entriesOf(valueAt(workflow.root, 'jobs')))
  const standard = folderIn(workflow.root, '')
  return [...jobs].flatMap(([name, job]) => {
    const conditions = conditionsOfJob(name, jobs, looking.known)
    if (!conditions) return []
    const folder = folderIn(job, standard)
    const called = wordOf(valueAt(job, 'uses'))
    const found =
      called === undefined
        ? stepCalls(workflow, itemsOf(valueAt(job, 'steps')), { ...looking, folder })
        : calledCalls(workflow, { written: called, node: valueAt(job, 'uses') as YamlNode }, looking)
    const environment = environmentOf(job)
    return found.map((each) => ({
      ...each,
      conditions: [...conditions, ...each.conditions],
      ...defined({ environment: environment ?? each.environment }),
    }))
  })
}

/** Where a job's steps run, if anything says it. */
function folderIn(node: YamlNode, above: string | undefined): string | undefined {
  const written = wordOf(valueAt(valueAt(valueAt(node, 'defaults'), 'run'), 'working-directory'))
  return written === undefined ? above : inFolder('', written)
}

function environmentOf(job: YamlNode): string | undefined {
  const environment = valueAt(job, 'environment')
  return wordOf(environment) ?? wordOf(valueAt(environment, 'name'))
}

/** What a job and those that it needs ask beyond what is known; `undefined` where one of them does not run. */
function conditionsOfJob(
  name: string,
  jobs: ReadonlyMap<string, YamlNode>,
  known: KnownValues,
  seen = new Set<string>(),
): readonly string[] | undefined {
  const job = jobs.get(name)
  if (!job || seen.has(name)) return []
  seen.add(name)
  const own = openConditions(job, known)
  if (!own) return undefined
  const needed = wordsOf(valueAt(job, 'needs')).map((each) => conditionsOfJob(each, jobs, known, seen))
  if (needed.includes(undefined)) return undefined
  return [...new Set([...needed.flatMap((each) => each ?? []), ...own])]
}

function openConditions(node: YamlNode, known: KnownValues): readonly string[] | undefined {
  const written = wordOf(valueAt(node, 'if'))
  if (written === undefined) return []
  const truth = holds(written, known)
  if (truth === false) return undefined
  return truth === 'unknown' ? [written.trim()] : []
}

function stepCalls(
  { file, text, lineAt }: YamlFile,
  steps: readonly YamlNode[],
  looking: Looking & { readonly folder: string | undefined },
): readonly FoundCall[] {
  const { world, known, folder, files } = looking
  const lines = text.split('\n')
  const direct = world.lines(file)
  return steps.flatMap((step): readonly FoundCall[] => {
    const conditions = openConditions(step, known)
    if (!conditions) return []
    const action = wordOf(valueAt(step, 'uses'))
    if (action?.startsWith('./')) {
      const composite = [`${action.slice(2)}/action.yml`, `${action.slice(2)}/action.yaml`].flatMap(
        (path) => files.get(path.replace(/^\//, '')) ?? [],
      )[0]
      if (!composite) return []
      const inside = itemsOf(valueAt(valueAt(composite.root, 'runs'), 'steps'))
      const found = insideOf(composite, looking, () =>
        stepCalls(composite, inside, { ...looking, folder: '' }),
      )
      const line = lineAt((valueAt(step, 'uses') as YamlNode).from)
      return found.map((each) => ({ ...each, line, conditions: [...conditions, ...each.conditions] }))
    }
    const input = valueAt(valueAt(step, 'with'), 'playbook')
    const run = valueAt(step, 'run')
    const found: FoundCall[] = []
    for (const node of [input, run]) {
      if (!node) continue
      const written = wordOf(valueAt(step, 'working-directory'))
      let where = written === undefined ? folder : inFolder('', written)
      for (let line = lineAt(node.from); line <= lineAt(Math.max(node.from, node.to - 1)); line++) {
        const told = callsInLine(lines[line - 1] ?? '', { folder: where, own: direct.get(line), world })
        where = told.folder
        if (told.playbooks) found.push({ line, conditions, playbooks: told.playbooks })
      }
    }
    return found
  })
}

/** Read once for all that call it, and each playbook once, by the way on which least is asked: by all ways there may be no end of them. */
function insideOf(
  { file }: YamlFile,
  { insides }: Looking,
  read: () => readonly FoundCall[],
): readonly FoundCall[] {
  const known = insides.get(file)
  if (known) return known
  insides.set(file, [])
  const least = new Map<string, FoundCall>()
  for (const each of read()) {
    const key = JSON.stringify([each.playbooks, each.environment])
    const other = least.get(key)
    if (!other || each.conditions.length < other.conditions.length) least.set(key, each)
  }
  const found = [...least.values()]
  insides.set(file, found)
  return found
}

/** A workflow of the same repository that a job calls. */
function calledCalls(
  { lineAt }: YamlFile,
  { written, node }: { readonly written: string; readonly node: YamlNode },
  looking: Looking,
): readonly FoundCall[] {
  const called = written.startsWith('./') ? looking.files.get(written.slice(2)) : undefined
  if (!called) return []
  const found = insideOf(called, looking, () => jobCalls(called, looking))
  return found.map((each) => ({ ...each, line: lineAt(node.from) }))
}
