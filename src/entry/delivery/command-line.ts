import { shellWord } from '../../core/explain/explain-command.ts'

/** A command of ours as a shell takes it, out of what it was called with: options that are not set are not there. */
export function commandLine(words: readonly string[], options: Readonly<Record<string, unknown>>): string {
  const flags = Object.entries(options).flatMap(([key, value]): readonly string[] => {
    if (value === true) return [flagOf(key)]
    return typeof value === 'string' && value !== '' ? [flagOf(key), shellWord(value)] : []
  })
  return ['multiarch', ...words.map(shellWord), ...flags].join(' ')
}

/** The repository as a word of the command line, where it is not the folder that the command runs in. */
export function repoWords(repo: string): readonly string[] {
  return repo === '.' ? [] : [repo]
}

/** An option as it is written, by the name that commander gives it. */
export function flagOf(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}
