import { addTo, grouped } from '../model/collections/grouped.ts'
import { parentOf } from '../model/parent-of.ts'
import { callLines, type AppliedPlaybook, type LinesThatRun, type WhichCalls } from './call-lines.ts'
import { callablesIn, type Callable } from './callables-in.ts'
import { commandsIn, inFolder, isScriptCalled, type ShellCommand } from './commands-in.ts'

/** A line that runs one of Kubespray's playbooks, by itself or by what it calls. */
interface ReachedCall {
  /** From 1. */
  readonly line: number
  readonly playbook: AppliedPlaybook
}

/** A line of a callable, with what it runs by itself and what it calls. */
interface Edge {
  readonly line: number
  readonly playbooks: readonly AppliedPlaybook[]
  readonly callees: readonly Callable[]
}

/** Which playbooks a callable comes to, each by the first of its lines that leads there. */
export function reachOf(callable: Callable, world: CallWorld): readonly ReachedCall[] {
  const found = new Map<AppliedPlaybook, number>()
  // What a line before has been through leads nowhere new, and neither does the callable itself.
  const seen = new Set([callable])
  for (const { line, playbooks, callees } of world.edges(callable)) {
    const below = playbooksBelow(callees, world, seen)
    for (const each of [...playbooks, ...below]) if (!found.has(each)) found.set(each, line)
  }
  return [...found].map(([playbook, line]) => ({ line, playbook }))
}

/** The playbooks that each callable comes to, found from those that run one up to all that call them. */
function reachedBy(
  callables: readonly Callable[],
  edges: CallWorld['edges'],
): ReadonlyMap<Callable, ReadonlySet<AppliedPlaybook>> {
  const callers = new Map<Callable, Callable[]>()
  const open: (readonly [Callable, AppliedPlaybook])[] = []
  for (const callable of callables)
    for (const { playbooks, callees } of edges(callable)) {
      for (const each of playbooks) open.push([callable, each])
      for (const each of callees) addTo(callers, each, callable)
    }
  const reached = new Map(callables.map((each) => [each, new Set<AppliedPlaybook>()]))
  // In the order of the files, which is walked from behind.
  open.reverse()
  for (let next = open.pop(); next; next = open.pop()) {
    const [callable, playbook] = next
    const own = reached.get(callable)
    if (!own || own.has(playbook)) continue
    own.add(playbook)
    for (const each of callers.get(callable) ?? []) open.push([each, playbook])
  }
  return reached
}

/**
 * In the order in which they would be run. Each callable is walked through once: by its ways through others there may be no end of them.
 * Where a repository has more of them than anybody, those that each comes to stand in no order.
 */
function playbooksBelow(
  callables: readonly Callable[],
  world: CallWorld,
  seen: Set<Callable>,
): readonly AppliedPlaybook[] {
  const found: AppliedPlaybook[] = []
  const open: (Callable | AppliedPlaybook)[] = callables.toReversed()
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (world.steps.left-- <= 0) return callables.flatMap((each) => [...world.reached(each)])
    if (typeof next === 'string') found.push(next)
    else if (!seen.has(next)) {
      seen.add(next)
      for (const { playbooks, callees } of world.edges(next).toReversed()) {
        for (const each of callees.toReversed()) if (!seen.has(each)) open.push(each)
        open.push(...playbooks.toReversed())
      }
    }
  }
  return found
}

/** What one line of a step runs, by itself (`own`) or by what it calls, and the folder that the next line is in. */
export function callsInLine(
  text: string,
  {
    folder,
    own,
    world,
  }: {
    readonly folder: string | undefined
    readonly own: readonly AppliedPlaybook[] | undefined
    readonly world: CallWorld
  },
): {
  readonly playbooks: readonly [AppliedPlaybook, ...AppliedPlaybook[]] | undefined
  readonly folder: string | undefined
} {
  const told = commandsIn(text, folder)
  const reached = playbooksBelow(world.calledBy(told.commands), world, new Set())
  const [first, ...rest] = new Set(own ?? reached)
  return { playbooks: first === undefined ? undefined : [first, ...rest], folder: told.folder }
}

/** The branch that something is merged to, and what its files can call. */
export interface MergedInto {
  readonly branch: string
  readonly isDefault: boolean
  readonly world: CallWorld
}

/** Everything that can be called, and what each of them runs and calls. */
export interface CallWorld {
  /** How many more are walked through, whoever asks: nobody has a thousandth of it. */
  readonly steps: { left: number }
  readonly callables: readonly Callable[]
  /** The lines of a file that run a playbook themselves. */
  lines(this: void, file: string): LinesThatRun
  edges(this: void, callable: Callable): readonly Edge[]
  /** The playbooks that it comes to. */
  reached(this: void, callable: Callable): ReadonlySet<AppliedPlaybook>
  /** The callables that commands name. */
  calledBy(this: void, commands: readonly ShellCommand[]): readonly Callable[]
}

export function callWorld(
  texts: ReadonlyMap<string, string>,
  wrappers: ReadonlyMap<string, AppliedPlaybook>,
  which: WhichCalls = 'all',
): CallWorld {
  const callables = [...texts].flatMap(([file, text]) => callablesIn(file, text))
  const scripts = callables.filter(({ tool }) => tool === 'script')
  const files = new Map(
    [...grouped(callables, ({ file }) => file)].map(([file, all]) => [file, new TargetsOfFile(all)]),
  )
  const targets = [...files.values()]
  const direct = new Map<string, LinesThatRun>()
  const linesOf = (file: string): LinesThatRun => {
    const lines = direct.get(file) ?? callLines(file, texts.get(file) ?? '', wrappers, which)
    direct.set(file, lines)
    return lines
  }
  const calledBy = (commands: readonly ShellCommand[]): readonly Callable[] =>
    commands.flatMap((command) => [
      ...scripts.filter(({ name }) => isScriptCalled(name, command)),
      ...targetsCalled(command, targets),
    ])
  const edgesAnew = ({ file, lines, needs, tool }: Callable): readonly Edge[] => {
    const first = lines[0]?.[0] ?? 1
    const needed = {
      line: first,
      playbooks: [],
      callees: needs.flatMap((need) => files.get(file)?.named(need) ?? []),
    }
    // Each line of a recipe has a shell of its own.
    let folder: string | undefined = tool === 'script' ? '' : parentOf(file)
    const own = linesOf(file)
    const edges = lines.map(([line, text]): Edge => {
      const told = commandsIn(text, folder)
      if (tool === 'script') folder = told.folder
      return { line, playbooks: own.get(line) ?? [], callees: calledBy(told.commands) }
    })
    return [needed, ...edges]
  }
  const known = new Map<Callable, readonly Edge[]>()
  const edges = (callable: Callable): readonly Edge[] => {
    const found = known.get(callable) ?? edgesAnew(callable)
    known.set(callable, found)
    return found
  }
  let reached: ReturnType<typeof reachedBy> | undefined
  return {
    steps: { left: MOST_STEPS },
    callables,
    calledBy,
    lines: linesOf,
    edges,
    reached: (callable) => (reached ??= reachedBy(callables, edges)).get(callable) ?? NOTHING,
  }
}

const MOST_STEPS = 200_000
const NOTHING: ReadonlySet<AppliedPlaybook> = new Set()

/** What can be called in one file, by name. */
class TargetsOfFile {
  readonly file: string
  readonly tool: Callable['tool']
  readonly #byName: ReadonlyMap<string, readonly Callable[]>
  readonly #patterns: readonly Callable[]
  readonly #standard: Callable | undefined

  constructor(all: readonly Callable[]) {
    this.file = all[0]?.file ?? ''
    this.tool = all[0]?.tool ?? 'script'
    const isPattern = ({ name }: Callable): boolean => this.tool === 'make' && name.includes('%')
    this.#byName = grouped(
      all.filter((each) => !isPattern(each)),
      ({ name }) => name,
    )
    this.#patterns = all.filter(isPattern)
    this.#standard = all.find(({ name }) => !/^[.%]/.test(name))
  }

  named(goal: string): readonly Callable[] {
    return [
      ...(this.#byName.get(goal) ?? []),
      ...this.#patterns.filter(({ name }) => fitsPattern(name, goal)),
    ]
  }

  /** Where no goal is named. */
  standard(): readonly Callable[] {
    if (this.tool === 'task') return this.#byName.get('default') ?? []
    return this.#standard ? [this.#standard] : []
  }
}

const PROGRAMS = {
  make: /^g?make$/,
  task: /^(?:go-)?task$/,
  just: /^just$/,
} as const

/** Options of these programs whose value is the next word. */
const WITH_VALUE = /^-(?:C|f|j|d|t|o|W|I)$|^--(?:directory|file|dir|taskfile|justfile|working-directory)$/

function targetsCalled(
  { words, folder }: ShellCommand,
  files: readonly TargetsOfFile[],
): readonly Callable[] {
  const ofTool = files.filter(({ tool }) => tool !== 'script' && PROGRAMS[tool].test(words[0] ?? ''))
  if (ofTool.length === 0) return []
  let at = folder
  let names: string | undefined
  const goals: string[] = []
  for (let index = 1; index < words.length; index++) {
    const word = words[index] ?? ''
    const joined = /^(-C|-d|-f|--directory=|--dir=|--file=)(.+)$/.exec(word)
    const value = joined?.[2] ?? (WITH_VALUE.test(word) ? words[++index] : undefined)
    if (value !== undefined && /^-(?:C|d)|^--(?:dir|working)/.test(word)) at = inFolder(at, value)
    else if (value !== undefined && /^-f|^--(?:file|taskfile|justfile)/.test(word))
      names = inFolder(at, value)
    else if (word === '--') break
    else if (value === undefined && !word.startsWith('-') && !/^\w+:?=/.test(word)) goals.push(word)
  }
  const there = ofTool.filter(({ file }) => (names === undefined ? parentOf(file) === at : names === file))
  return there.flatMap((each) =>
    goals.length > 0 ? [...new Set(goals.flatMap((goal) => each.named(goal)))] : each.standard(),
  )
}

/** `%` of a pattern stands for at least one character. */
function fitsPattern(name: string, goal: string): boolean {
  const [before = '', after = ''] = name.split('%')
  return goal.length > name.length - 1 && goal.startsWith(before) && goal.endsWith(after)
}
