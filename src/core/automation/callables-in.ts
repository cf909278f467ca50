import { nameOf } from '../model/parent-of.ts'

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

/** What can be called in a file. */
export function callablesIn(file: string, text: string): readonly Callable[] {
  const tool = toolOf(file, text)
  if (!tool) return []
  const lines = text.split('\n').map((line, index) => [index + 1, line.replace(/\r$/, '')] as const)
  if (tool === 'script') return [{ tool, name: file, file, lines, needs: [] }]
  return targetsIn(tool, file, lines)
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
