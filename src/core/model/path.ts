/** The folder a path stands in; the root is the empty string. */
export function parentOf(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash < 0 ? '' : path.slice(0, slash)
}

/** The last part of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

export function isInside(path: string, folder: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`)
}

/** Whether a file's name says that it holds YAML. */
export function isYamlPath(path: string): boolean {
  return /\.ya?ml$/i.test(path)
}

/** Whether a path is safe to write: relative, no empty, `.`, `..` or `.git` part (git's own rule for index entries). */
export function isSafePath(path: string): boolean {
  return (
    path !== '' &&
    path.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && !/^\.git$/i.test(part))
  )
}
