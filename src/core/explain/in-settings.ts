/** What one says on a command line, and what does the same for whoever reads a pull request: the settings, or nothing. */
const ELSEWHERE: readonly (readonly [RegExp, string])[] = [
  [/fetch that branch and name it with `--branch`/g, 'name that branch with `branch` in the settings'],
  [/name it with `--branch`/g, 'name it with `branch` in the settings'],
  [/[,;] or `--kubernetes` with the version that runs/g, ''],
  [/ \(`multiarch bump`\)/g, ''],
  [/; `multiarch plan` says what \S+ can run/g, ''],
  [/Please correct `inventories` in the config/g, 'Please correct `inventories` in the settings'],
  [/\b([Tt])his clone\b/g, '$1his repository'],
]

/** A sentence of the engine's for people who have no command line before them. */
export function inSettings(sentence: string): string {
  return ELSEWHERE.reduce((text, [said, instead]) => text.replace(said, instead), sentence)
}
