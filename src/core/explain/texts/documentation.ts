const HOME = 'https://redirect.github.com/kubespray-multiarch/kubespray-multiarch'

/** A page of this project's own documentation, or a place of it: `configuration.md#labels`. */
export function documentation(page: string): string {
  return `${HOME}/blob/HEAD/docs/${page}`
}

/** The settings, where the texts name them; a test compares it with where they are looked for. */
export const SETTINGS_PATH = '.github/multiarch.yml'
