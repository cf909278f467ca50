import { parentOf } from '../model/parent-of.ts'

/** One command of a line: its words, and the folder it is run in as far as the line tells. */
export interface ShellCommand {
  readonly words: readonly string[]
  /** From the top of the repository; `undefined` where it cannot be told. */
  readonly folder: string | undefined
}

/**
 * The commands of a line of a shell, a recipe or a step, without what only stands before them (`sudo`, `exec`, `bash`, variables). `cd`
 * goes on for the lines that follow, so the folder at the end is said as well.
 */
export function commandsIn(
  line: string,
  at: string | undefined,
): { readonly commands: readonly ShellCommand[]; readonly folder: string | undefined } {
  let folder = at
  const commands: ShellCommand[] = []
  if (/^\s*(?:#|\/\/)/.test(line)) return { commands, folder }
  const plain = line.replaceAll(/\$[({]MAKE[)}]/g, 'make')
  const shell = plain.replace(/^\s*(?:-\s+)?(?:(?:run|cmd|script|task):\s+)?["']?[@+-]*/, '')
  for (const part of shell.split(/&&|\|\||;|\||\$\(|\s#\s/)) {
    const words = withoutPrefixes(part.split(/[\s"'()]+/).filter((word) => word !== ''))
    const [name, to] = words
    if (name === 'cd' || name === 'pushd') folder = to === undefined ? undefined : inFolder(folder, to)
    else if (words.length > 0) commands.push({ words, folder })
  }
  return { commands, folder }
}

/** A path as it is written in a folder, from the top of the repository; `undefined` where a variable or the outside is in it. */
export function inFolder(folder: string | undefined, written: string): string | undefined {
  if (folder === undefined || /[$`~*]|^\/|\{\{/.test(written)) return undefined
  const parts = folder === '' ? [] : folder.split('/')
  for (const part of written.split('/')) {
    if (part === '..') {
      if (parts.length === 0) return undefined
      parts.pop()
    } else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}

/** What a script is called as: its own path from the top, or from its own folder. */
export function isScriptCalled(path: string, { words, folder }: ShellCommand): boolean {
  const [name = ''] = words
  if (!name.includes('/') && !/\.\w+$/.test(name)) return false
  return inFolder(folder, name) === path || inFolder(parentOf(path), name) === path
}

function withoutPrefixes(words: readonly string[]): readonly string[] {
  const at = words.findIndex((word) => !PREFIX.test(word) && !/^[A-Za-z_]\w*=/.test(word))
  if (at < 0) return []
  const rest = words.slice(at)
  if (!/^(?:(?:\/usr)?\/bin\/(?:env\s)?)?(?:ba|z|da)?sh$|^source$|^\.$/.test(rest[0] ?? '')) return rest
  const script = rest.slice(1).findIndex((word) => !/^-|^[A-Za-z_]\w*=/.test(word))
  return script < 0 ? [] : withoutPrefixes(rest.slice(1 + script))
}

const PREFIX = /^(?:sudo|exec|time|nohup|env|command|then|do|if|!|else|\{|-[EH])$/
