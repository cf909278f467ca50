import { defined } from '../model/defined.ts'
import { isSafePath } from '../model/parent-of.ts'

/** What a release's `ansible.cfg` says of how files are read. */
interface Reading {
  readonly hashBehaviour?: string
  readonly groupNames?: string
  readonly jinjaNative?: string
  readonly roles: readonly string[]
  readonly modules: readonly string[]
}

/**
 * The few settings that change what files mean and run nothing. All else of the file is left: it names programs to load, ways to
 * connect, places to write to.
 */
export function readingSettings(text: string, paths: Iterable<string>): Reading {
  const all = [...paths]
  const exists = (folder: string): boolean =>
    isSafePath(folder) && all.some((path) => path.startsWith(`${folder}/`))
  const folders = (key: string, always: readonly string[]): readonly string[] => {
    const named = (valueOf(text, key) ?? '').split(':').map(folderNamed)
    return [...new Set([...named, ...always])].filter(exists)
  }
  const word = (key: string, allowed: RegExp): string | undefined => {
    const value = valueOf(text, key)?.toLowerCase() ?? ''
    return allowed.test(value) ? value : undefined
  }
  return {
    ...defined({
      hashBehaviour: word('hash_behaviour', /^(?:merge|replace)$/),
      groupNames: word('force_valid_group_names', /^(?:always|never|ignore|silently)$/),
      jinjaNative: word('jinja2_native', /^(?:true|false|yes|no|1|0)$/),
    }),
    roles: folders('roles_path', ['roles']),
    modules: folders('library', ['library', 'plugins/modules']),
  }
}

function folderNamed(written: string): string {
  return written
    .split('/')
    .map((part) => part.trim())
    .filter((part) => part !== '' && part !== '.')
    .join('/')
}

/** The last one counts, as with Python's reader; only the section of defaults has these. */
function valueOf(text: string, key: string): string | undefined {
  let section = ''
  let found: string | undefined
  for (const line of text.split('\n')) {
    section = /^\[([^\]]+)\]/.exec(line)?.[1] ?? section
    const [name = ''] = /^[\w-]+/.exec(line) ?? []
    const rest = line.slice(name.length).trim()
    if (section === 'defaults' && name === key && /^[=:]/.test(rest))
      found = (rest.slice(1).split(/[;#]/, 1)[0] ?? '').trim()
  }
  return found
}
