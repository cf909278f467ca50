/** Where a value stands: keys as strings, places in a list as numbers counted from 0. */
export type KeyPath = readonly (string | number)[]

/** Reads `a.b[0]` and `a["odd.key"].b`; `undefined` where the text is no path. */
export function readKeyPath(text: string): KeyPath | undefined {
  const path: (string | number)[] = []
  const part = /(?:(?<=.)\.|(?<!.))([^.[\]"]+)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/sy
  while (part.lastIndex < text.length) {
    const match = part.exec(text)
    if (!match) return undefined
    if (match[1] !== undefined) path.push(match[1])
    else if (match[2] !== undefined) path.push(Number(match[2]))
    else path.push(JSON.parse(match[3] as string) as string)
  }
  return path
}

/** Prints a path so that `readKeyPath` reads it back: keys that hold dots, brackets or quotes stand in `["…"]`. */
export function printKeyPath(path: KeyPath): string {
  let printed = ''
  for (const part of path) {
    if (typeof part === 'number') printed += `[${part}]`
    else if (part === '' || /[.[\]"]/.test(part)) printed += `[${JSON.stringify(part)}]`
    else printed += printed === '' ? part : `.${part}`
  }
  return printed
}

export function sameKeyPath(a: KeyPath, b: KeyPath): boolean {
  return a.length === b.length && startsWithPath(a, b)
}

/** Whether a path leads to, or into, what another one leads to. */
export function startsWithPath(path: KeyPath, start: KeyPath): boolean {
  return start.length <= path.length && start.every((part, index) => part === path[index])
}
