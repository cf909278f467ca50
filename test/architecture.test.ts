import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { HOMES } from './support/package-homes.ts'
import {
  circlesOf,
  fileGraph,
  folderGraph,
  isDoor,
  isNamedForAnExport,
  readSources,
} from './support/source-graph.ts'

const ROOT = resolve(import.meta.dirname, '..')
const SRC = join(ROOT, 'src')

/** Who may import whom inside `src`, and why a folder may not know the rest. `types:` allows `import type` only. */
const MAY_IMPORT: Readonly<
  Record<string, { from: readonly string[]; types?: readonly string[]; why: string }>
> = {
  'core/model': { from: [], why: 'the shared words stand below everything' },
  'core/text': { from: ['core/model'], why: 'lines know nothing of YAML or patches' },
  'core/yaml': { from: ['core/model', 'core/text'], why: 'YAML editing serves merges and inventories alike' },
  'core/merge': {
    from: ['core/model', 'core/text', 'core/yaml'],
    why: 'verdicts must not depend on versions or on whose fork it is',
  },
  'core/series': {
    from: ['core/model', 'core/text'],
    why: 'which patches there are, and what became of their lines, does not depend on how they merge',
  },
  'core/branches': { from: ['core/model'], why: 'how branches are named for releases is told from names' },
  'core/patchfile': {
    from: ['core/model', 'core/text'],
    why: 'a patch file is read and written as text, whatever carries it',
  },
  'core/catalogue': { from: ['core/model', 'core/yaml'], why: 'a release is described without any fork' },
  'core/plan': {
    from: ['core/model', 'core/catalogue'],
    why: 'routes are made of releases and versions only',
  },
  'core/inventory': {
    from: ['core/model', 'core/text', 'core/yaml', 'core/catalogue', 'core/plan'],
    why: 'an inventory is edited for a step, and knows nothing of patches',
  },
  'core/playbooks': {
    from: ['core/model', 'core/text', 'core/yaml'],
    why: 'playbooks are read against the trees of two releases, whatever else a step changes',
  },
  'core/layout': {
    from: ['core/model', 'core/text', 'core/yaml', 'core/inventory'],
    why: 'where Kubespray is in a repository is told from its files, before any release is read',
  },
  'core/automation': {
    from: ['core/model', 'core/text', 'core/yaml', 'core/inventory', 'core/layout'],
    why: 'what else works on a repository is told from its files, whatever a step does',
  },
  'core/audit': {
    from: ['core/model', 'core/text', 'core/yaml', 'core/catalogue', 'core/inventory'],
    why: 'findings come from what is there, not from how it came about',
  },
  'core/preflight': {
    from: ['core/model', 'core/yaml', 'core/catalogue', 'core/inventory', 'core/plan', 'core/audit'],
    why: 'a play is thought through on what the audit opens, and no audit waits for it',
  },
  'core/verify': {
    from: ['core/model', 'core/yaml', 'core/catalogue', 'core/inventory'],
    why: 'what may be run of a tree, and what Ansible said of it, is told from texts alone',
  },
  'core/advice': {
    from: ['core/model', 'core/catalogue', 'core/inventory'],
    types: ['core/audit'],
    why: 'advice is dated knowledge about releases, asked with what an inventory says',
  },
  'core/judge': {
    from: ['core/model'],
    types: ['core/series', 'core/plan', 'core/audit', 'core/advice'],
    why: 'what is judged is what others found, and nothing is found here',
  },
  'core/config': {
    from: ['core/model', 'core/text', 'core/yaml'],
    why: 'config is read, and its pinned release moved, before anything else is known',
  },
  'core/commands': {
    from: ['core/model', 'core/text'],
    why: 'a comment is parsed without knowing what it will do',
  },
  'core/explain': {
    from: ['core/model', 'core/text', 'core/judge'],
    types: [
      'core/merge',
      'core/series',
      'core/patchfile',
      'core/catalogue',
      'core/plan',
      'core/inventory',
      'core/layout',
      'core/automation',
      'core/branches',
      'core/playbooks',
      'core/audit',
      'core/verify',
      'core/advice',
      'core/config',
      'core/commands',
    ],
    why: 'sentences are made from results, never by computing more of them',
  },
  ports: { from: ['core/model'], why: 'ports say what the app needs, in the shared words' },
  'app/branches': { from: ['core', 'ports'], why: 'which branch is meant is found before it is read' },
  'app/repository': {
    from: ['core', 'ports', 'app/branches'],
    why: 'what stands in a repository is read before anything is made of it',
  },
  'app/jobs': { from: ['core', 'ports'], why: 'a job is a name and a time, whoever does it' },
  'app/audit': { from: ['core', 'ports', 'app/repository'], why: 'trees are audited whoever made them' },
  'app/carry': {
    from: ['core', 'ports', 'app/repository', 'app/audit'],
    why: 'patches are carried onto a tree, whatever way goes there',
  },
  'app/plan': {
    from: ['core', 'ports', 'app/repository', 'app/audit', 'app/carry'],
    why: 'a plan knows what carrying would do, and takes no step',
  },
  'app/automation': {
    from: ['core', 'ports', 'app/repository', 'app/plan'],
    why: 'what else works on a repository is asked beside a plan, and takes no step',
  },
  'app/verify': {
    from: ['core', 'ports', 'app/repository', 'app/audit', 'app/plan'],
    why: 'Ansible is asked of any revision, whatever step made it',
  },
  'app/branch': {
    from: ['core', 'ports', 'app/repository', 'app/jobs', 'app/carry'],
    why: 'a branch is written, and proved to be ours, whatever step it is of',
  },
  'app/settle': {
    from: ['core', 'ports', 'app/repository', 'app/carry', 'app/branch'],
    why: 'a conflict is settled on the branch that has it, whatever step it is of',
  },
  'app/step': {
    from: [
      'core',
      'ports',
      'app/repository',
      'app/audit',
      'app/carry',
      'app/plan',
      'app/branches',
      'app/branch',
      'app/settle',
    ],
    why: 'a step is the same for a clone and for a pull request',
  },
  'app/engine': {
    from: [
      'core',
      'ports',
      'app/repository',
      'app/jobs',
      'app/plan',
      'app/automation',
      'app/branch',
      'app/settle',
      'app/step',
    ],
    why: 'the engine reads and writes branches, and says nothing to anybody',
  },
  'app/bot': {
    from: ['core', 'ports', 'app/repository', 'app/jobs', 'app/branch', 'app/engine'],
    types: ['app/step'],
    why: 'the bot speaks; what it says was worked out below',
  },
  adapters: {
    from: ['ports', 'core/model', 'core/text'],
    why: 'adapters are replaceable, and never lean on each other',
  },
  entry: { from: ['app', 'adapters', 'ports', 'core'], why: 'doors wire things together' },
}

interface Import {
  readonly file: string
  readonly target: string
  readonly typeOnly: boolean
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replaceAll('\\', '/'))

const imports: Import[] = files.flatMap((file) => {
  const text = readFileSync(join(SRC, file), 'utf8')
  return [
    ...text.matchAll(/^(?:import|export)\s+(type\s)?[^'"]*?from\s+'([^']+)'|^import\s+'([^']+)'/gm),
  ].map((match) => ({
    file,
    typeOnly: match[1] !== undefined,
    target: (match[2] ?? match[3]) as string,
  }))
})

function folderOf(file: string): string {
  const parts = dirname(file).split('/')
  return parts[0] === 'core' || parts[0] === 'app' ? parts.slice(0, 2).join('/') : (parts[0] as string)
}

function isUnder(folder: string, allowed: readonly string[]): boolean {
  return allowed.some((each) => folder === each || folder.startsWith(`${each}/`))
}

test('imports run inwards only, as the table says', () => {
  const wrong: string[] = []
  for (const { file, target, typeOnly } of imports) {
    if (!target.startsWith('.')) continue
    const from = folderOf(file)
    const path = relative(SRC, resolve(SRC, dirname(file), target)).replaceAll('\\', '/')
    const to = folderOf(path)
    if (from === to && from !== 'adapters') continue
    if (from === 'adapters' && dirname(file).split('/')[1] === dirname(path).split('/')[1]) continue
    const row = MAY_IMPORT[from]
    if (!row) wrong.push(`${file}: ${from} has no row in the import table`)
    else if (!isUnder(to, row.from) && !(typeOnly && isUnder(to, row.types ?? []))) {
      wrong.push(`${file} imports ${path}: ${from} may not know ${to}, because ${row.why}`)
    }
  }
  expect(wrong).toEqual([])
})

test('each outside package has one home', () => {
  const wrong = imports
    .filter(({ target }) => !target.startsWith('.') && !target.startsWith('node:'))
    .filter(({ file, target }) => {
      const name = target.startsWith('@')
        ? target.split('/').slice(0, 2).join('/')
        : (target.split('/')[0] as string)
      return name in HOMES && !isUnder(dirname(file), HOMES[name] as readonly string[])
    })
    .map(({ file, target }) => `${file} imports ${target}, whose home is elsewhere`)
  expect(wrong).toEqual([])
})

test('the core is pure and synchronous: one engine serves a clone, the API and memory alike', () => {
  const wrong: string[] = []
  for (const file of files.filter((each) => each.startsWith('core/'))) {
    const code = readFileSync(join(SRC, file), 'utf8')
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .replace(/(^|\s)\/\/.*$/gm, '')
    for (const word of [
      /\basync\b/,
      /\bawait\b/,
      /\bPromise\b/,
      /\bprocess\./,
      /\bconsole\./,
      /\bDate\.now\b/,
      /\bnew Date\(\)/,
      /\bMath\.random\b/,
    ]) {
      if (word.test(code)) wrong.push(`${file} holds ${word.source}`)
    }
  }
  for (const { file, target } of imports) {
    if (file.startsWith('core/') && target.startsWith('node:') && target !== 'node:crypto')
      wrong.push(`${file} imports ${target}`)
  }
  expect(wrong).toEqual([])
})

test('a file of more than 300 lines does two jobs', () => {
  const long = ['src', 'test', 'bench']
    .flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts'))
        .map((file) => join(folder, file)),
    )
    .map((file) => ({ file, lines: readFileSync(join(ROOT, file), 'utf8').split('\n').length - 1 }))
    .filter(({ lines }) => lines > 300)
  expect(long).toEqual([])
})

test('no barrels: a file that only passes on others hides where things are', () => {
  const barrels = files.filter((file) => /\/index\.ts$/.test(`/${file}`))
  expect(barrels).toEqual([])
})

test('no circle: neither files nor folders need each other', () => {
  const sources = readSources(SRC)
  expect(circlesOf(fileGraph(sources))).toEqual([])
  expect(circlesOf(folderGraph(sources))).toEqual([])
})

test('a file is named for one of its exports', () => {
  const sources = readSources(SRC).filter((file) => !isDoor(file))
  expect(sources.filter((file) => !isNamedForAnExport(file)).map(({ path }) => path)).toEqual([])
})

test('a folder of more than 25 files has no order', () => {
  const counts = new Map<string, number>()
  for (const file of files) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1)
  expect([...counts].filter(([, count]) => count > 25)).toEqual([])
})
