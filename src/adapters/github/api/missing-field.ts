/** A field that was asked for, by the name it is answered under, with what is asked of it. */
interface Asked {
  readonly name: string
  /** Empty for a plain value. */
  readonly fields: readonly Asked[]
}

/**
 * The first field that was asked for and is not in the answer at all, by its path. GraphQL answers each with a value or with null; what
 * is in neither form was lost on the way, and says nothing about whether there is such a thing. Fields inside fragments are left
 * out: they come only where the type fits.
 */
export function missingField(selections: string, data: unknown): string | undefined {
  return missingIn(fieldsOf(selections), data, '')
}

function missingIn(fields: readonly Asked[], data: unknown, path: string): string | undefined {
  if (data === null || fields.length === 0) return undefined
  if (Array.isArray(data)) {
    for (const each of data) {
      const missing = missingIn(fields, each, path)
      if (missing !== undefined) return missing
    }
    return undefined
  }
  if (typeof data !== 'object') return path
  for (const { name, fields: inner } of fields) {
    const here = path === '' ? name : `${path}.${name}`
    const value = (data as Readonly<Record<string, unknown>>)[name]
    if (value === undefined) return here
    const missing = missingIn(inner, value, here)
    if (missing !== undefined) return missing
  }
  return undefined
}

/** Reads selections of our own writing: names, aliases, arguments, inline fragments. */
function fieldsOf(selections: string): readonly Asked[] {
  const tokens = selections.match(/"(?:[^"\\]|\\[^])*\\?(?:"|$)|\.\.\.|[A-Za-z_]\w*|[{}():]/g) ?? []
  let at = 0
  const read = (): Asked[] => {
    const fields: Asked[] = []
    while (at < tokens.length && tokens[at] !== '}') {
      if (tokens[at] === '...') {
        while (at < tokens.length && tokens[at] !== '{') at++
        skipBlock()
        continue
      }
      const name = tokens[at++] as string
      // What follows a colon is the field's own name; the answer has the alias.
      if (tokens[at] === ':') at += 2
      if (tokens[at] === '(') while (at < tokens.length && tokens[at++] !== ')');
      const isFolder = tokens[at] === '{'
      if (isFolder) at++
      fields.push({ name, fields: isFolder ? read() : [] })
      if (isFolder) at++
    }
    return fields
  }
  const skipBlock = (): void => {
    let depth = 0
    do {
      if (tokens[at] === '{') depth++
      if (tokens[at] === '}') depth--
      at++
    } while (depth > 0 && at < tokens.length)
  }
  return read()
}
