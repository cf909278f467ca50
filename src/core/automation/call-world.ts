import { nameOf, parentOf } from '../model/parent-of.ts'
import { callLines, type AppliedPlaybook } from './call-lines.ts'
import { commandsIn, inFolder, isScriptCalled, type ShellCommand } from './commands-in.ts'

/** What somebody can call by its name: a target of a Makefile, Taskfile or Justfile, or a script. */
export interface Callable {
  readonly tool: 'make' | 'task' | 'just' | 'script'
  /** The target, `%` where it is a pattern; of a script its path. */
  readonly name: string
  readonly file: string
  /** Its lines by number, those that say what it needs first included. */
  readonly lines: readonly (readonly [number: number, text: string])[]
  /** Names of others in the same file that are run first. */
  readonly needs: readonly string[]
}

/** A line that runs one of Kubespray's playbooks, by itself or by what it calls. */
interface ReachedCall {
  /** From 1. */
  readonly line: number
  readonly playbook: AppliedPlaybook
}

/** What can be called in a file. */
function callablesIn(file: string, text: string): readonly Callable[] {
  const tool = toolOf(file, text)
  if (!tool) return []
  const lines = text.split('\n').map((line, index) => [index + 1, line.replace(/\r$/, '')] as const)
  if (tool === 'script') return [{ tool, name: file, file, lines, needs: [] }]
  return targetsIn(tool, file, lines)
}

/** Which playbooks a callable comes to, each by the first of its lines that leads there. */
export function reachOf(
  callable: Callable,
  world: CallWorld,
  seen: readonly Callable[] = [],
): readonly ReachedCall[] {
  if (seen.includes(callable)) return []
  const { file, lines, needs, tool } = callable
  const direct = world.lines(file)
  const found: ReachedCall[] = []
  const add = (call: ReachedCall): void => {
    if (!found.some(({ playbook }) => playbook === call.playbook)) found.push(call)
  }
  const below = [...seen, callable]
  const [first] = lines
  for (const need of needs)
    for (const other of world.callables.filter((each) => each.file === file && isNamed(each, need)))
      for (const { playbook } of reachOf(other, world, below)) add({ line: first?.[0] ?? 1, playbook })
  // Each line of a recipe has a shell of its own.
  let folder: string | undefined = tool === 'script' ? '' : parentOf(file)
  for (const [line, text] of lines) {
    const playbook = direct.get(line)
    if (playbook) add({ line, playbook })
    const told = commandsIn(text, folder)
    if (tool === 'script') folder = told.folder
    for (const each of calledBy(told.commands, world))
      for (const { playbook: reached } of reachOf(each, world, below)) add({ line, playbook: reached })
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
    readonly own: AppliedPlaybook | undefined
    readonly world: CallWorld
  },
): {
  readonly playbooks: readonly [AppliedPlaybook, ...AppliedPlaybook[]] | undefined
  readonly folder: string | undefined
} {
  const told = commandsIn(text, folder)
  const reached = calledBy(told.commands, world).flatMap((each) => reachOf(each, world))
  const [first, ...rest] = new Set(own ? [own] : reached.map(({ playbook }) => playbook))
  return { playbooks: first === undefined ? undefined : [first, ...rest], folder: told.folder }
}

/** The branch that something is merged to, and what its files can call. */
export interface MergedInto {
  readonly branch: string
  readonly isDefault: boolean
  readonly world: CallWorld
}

/** Everything that can be called, and the lines of each file that run a playbook themselves. */
export interface CallWorld {
  readonly callables: readonly Callable[]
  lines(this: void, file: string): ReadonlyMap<number, AppliedPlaybook>
}

export function callWorld(
  texts: ReadonlyMap<string, string>,
  wrappers: ReadonlyMap<string, AppliedPlaybook>,
): CallWorld {
  const known = new Map<string, ReadonlyMap<number, AppliedPlaybook>>()
  return {
    callables: [...texts].flatMap(([file, text]) => callablesIn(file, text)),
    lines: (file) => {
      const lines = known.get(file) ?? callLines(file, texts.get(file) ?? '', wrappers)
      known.set(file, lines)
      return lines
    },
  }
}

/** The callables that commands name. */
function calledBy(commands: readonly ShellCommand[], { callables }: CallWorld): readonly Callable[] {
  return commands.flatMap((command) =>
    callables.filter((each) =>
      each.tool === 'script' ? isScriptCalled(each.name, command) : isTargetCalled(each, command, callables),
    ),
  )
}

const PROGRAMS = {
  make: /^g?make$/,
  task: /^(?:go-)?task$/,
  just: /^just$/,
} as const

/** Options of these programs whose value is the next word. */
const WITH_VALUE = /^-(?:C|f|j|d|t|o|W|I)$|^--(?:directory|file|dir|taskfile|justfile|working-directory)$/

function isTargetCalled(
  callable: Callable,
  { words, folder }: ShellCommand,
  all: readonly Callable[],
): boolean {
  const { tool, file } = callable
  if (tool === 'script' || !PROGRAMS[tool].test(words[0] ?? '')) return false
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
  const isThere = names === undefined ? parentOf(file) === at : names === file
  if (!isThere) return false
  if (goals.length > 0) return goals.some((goal) => isNamed(callable, goal))
  const [standard] = all.filter((each) => each.file === file && !/^[.%]/.test(each.name))
  return tool === 'task' ? callable.name === 'default' : standard === callable
}

/** `%` of a pattern stands for at least one character. */
function isNamed({ tool, name }: Callable, goal: string): boolean {
  if (tool !== 'make' || !name.includes('%')) return name === goal
  const [before = '', after = ''] = name.split('%')
  return goal.length > name.length - 1 && goal.startsWith(before) && goal.endsWith(after)
}

const TARGETS = {
  make: /^([^\s:=#][^:=#]*)::?(?![:=])(.*)$/,
  task: /^ {2}["']?([\w:.*-]+)["']?\s*:\s*\r?$/,
  just: /^@?([A-Za-z_][\w-]*)(?:\s[^:=\n]*)?:(?!=)(.*)$/,
} as const

function targetsIn(
  tool: 'make' | 'task' | 'just',
  file: string,
  lines: readonly (readonly [number, string])[],
): readonly Callable[] {
  const found: { names: readonly string[]; lines: [number, string][]; needs: string[] }[] = []
  let isInTasks = tool !== 'task'
  for (const [number, line] of lines) {
    if (tool === 'task' && /^\S/.test(line) && !line.startsWith('#')) isInTasks = /^tasks\s*:/.test(line)
    if (!isInTasks) continue
    const head = line.startsWith('\t') ? undefined : TARGETS[tool].exec(line)
    if (head) {
      const words = (head[1] ?? '').trim().split(/\s+/)
      const [needs = '', recipe] = tool === 'make' ? (head[2] ?? '').split(/;(.*)/) : [head[2] ?? '']
      found.push({
        names: words.filter((word) => !/[$()]|^\./.test(word)),
        lines: recipe === undefined ? [[number, '']] : [[number, recipe]],
        needs: needs
          .replace(/#.*/, '')
          .split(/[\s|(),]+/)
          .filter((word) => word !== ''),
      })
    } else if (/^\s/.test(line)) {
      const last = found.at(-1)
      last?.lines.push([number, line])
      const need = /^[ -]+task: *["']?([\w:.-]+)/.exec(line)?.[1]
      if (tool === 'task' && need !== undefined) last?.needs.push(need)
      const deps = /^\s+deps:\s*\[([^\]]*)\]/.exec(line)?.[1]
      if (tool === 'task' && deps !== undefined) last?.needs.push(...deps.split(/[\s,"']+/))
    } else if (tool === 'make' && /^[A-Za-z_]/.test(line) && !/^(?:ifn?def|ifn?eq|else|endif)\b/.test(line))
      found.push({ names: [], lines: [], needs: [] })
  }
  return found.flatMap(({ names, ...rest }) => names.map((name) => ({ tool, name, file, ...rest })))
}

function toolOf(file: string, text: string): Callable['tool'] | undefined {
  const name = nameOf(file)
  if (/^(?:GNU)?makefile$/i.test(name) || name.endsWith('.mk')) return 'make'
  if (/^Taskfile(?:\.dist)?\.ya?ml$/i.test(name)) return 'task'
  if (/^\.?justfile$/i.test(name)) return 'just'
  return /\.(?:sh|bash|zsh)$/.test(name) || /^#!.*\b(?:ba|z|da)?sh\b/.test(text.slice(0, 80))
    ? 'script'
    : undefined
}
