/** Where Kubespray is, as `layout` of the settings says it: `root`, `inventory`, or a kind with a path, `submodule:deps/kubespray`. */
export type LayoutSetting =
  | { readonly kind: 'root' | 'inventory' }
  | { readonly kind: 'folder' | 'submodule' | 'pin'; readonly path: string }

export function readLayoutSetting(text: string): LayoutSetting | undefined {
  if (text === 'root' || text === 'inventory') return { kind: text }
  const [, kind, path = ''] = /^(folder|submodule|pin):(\S.*)$/.exec(text) ?? []
  if (kind === 'folder' || kind === 'submodule' || kind === 'pin') return { kind, path }
  return undefined
}

/** As it is written in the settings. */
export function writeLayoutSetting(setting: LayoutSetting): string {
  return 'path' in setting ? `${setting.kind}:${setting.path}` : setting.kind
}
