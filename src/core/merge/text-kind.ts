/** YAML, and the templates of YAML. */
export function hasOutline(path: string): boolean {
  return /\.ya?ml(\.j2)?$/i.test(path)
}

/** How a text is read by its name: by its outline, as a list of settings in sections, or as lines. */
export type TextKind = 'outline' | 'settings' | 'text'

export function textKind(path: string): TextKind {
  if (hasOutline(path)) return 'outline'
  return /(?:^|[./])(?:env|ini|conf|cfg|toml|properties)(?:\.j2)?$/i.test(path) ? 'settings' : 'text'
}
