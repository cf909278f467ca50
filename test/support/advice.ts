import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import ts from 'typescript'
import { parseCommands } from '../../src/core/commands/parse-commands.ts'
import { readConfig } from '../../src/core/config/read-config.ts'
import { programOf } from '../../src/entry/cli/run-cli.ts'

/** Everything that a text asks somebody to type: what stands as code and begins with our word, or with a key of the settings. */
export interface Advice {
  readonly where: string
  readonly said: string
}

const ROOT = resolve(import.meta.dirname, '../..')

/** What sentences in the sources say, whatever brings them up; a value that is put in stands as `X`. */
export function adviceInSources(): readonly Advice[] {
  const folder = join(ROOT, 'src')
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) =>
      literalsOf(readFileSync(join(folder, file), 'utf8')).flatMap((text) => adviceIn(text, `src/${file}`)),
    )
}

/** What the documents say, in sentences and in blocks. */
export function adviceInDocuments(): readonly Advice[] {
  const documents = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
  const paths = [
    'README.md',
    ...documents.filter((file) => file.endsWith('.md')).map((file) => `docs/${file}`),
  ]
  return paths.flatMap((path) => adviceIn(readFileSync(join(ROOT, path), 'utf8'), path))
}

/** What a text of ours says, as Markdown or in a terminal. */
export function adviceIn(text: string, where: string): readonly Advice[] {
  const spans = [...text.matchAll(/(?<!`)(`+)(?!`)([^`]+)\1(?!`)/g)].map(([, , said = '']) => said)
  const lines = [
    ...text.matchAll(/^(?:\$ | {2}|\s*run: )?(multiarch [a-z][^\n]*)$|: (multiarch [a-z][^\n]*)$/gm),
  ].map(([, whole, behind]) => whole ?? behind ?? '')
  return [...spans, ...lines].map((said) => ({ where, said: said.trim().replace(/\s+/g, ' ') }))
}

export function isCommandLine({ said }: Advice): boolean {
  return /^multiarch(?: |$)/.test(said)
}

export function isComment({ said }: Advice): boolean {
  return /^\/multiarch(?: |$)/.test(said)
}

export function isSetting({ said }: Advice): boolean {
  return /^(?:upstream|branch|architectures|inventories|follow|kubernetes|addons|advance|patches|pull-requests):(?: |$)/.test(
    said,
  )
}

/** Why a command line cannot be typed; `undefined` where the command takes it. Nothing is run. */
export async function whyNotCommand(said: string): Promise<string | undefined> {
  const written = said.replace(/\s+(?:>|< |\||&&|#).*$/, '').replace(/…|\s\(.*\)$/g, '')
  // As a shell splits: quoted parts and escapes belong to the word that they stand in.
  const words = [...written.matchAll(/(?:'[^']*'|\\.|[^\s'\\])+/g)].map(([word]) =>
    word.replace(
      /'([^']*)'|\\(.)/g,
      (_, quoted: string | undefined, plain: string | undefined) => quoted ?? plain ?? '',
    ),
  )
  const program = programOf(() => undefined)
  const silence = (command: Command): void => {
    command.exitOverride().configureOutput({ writeOut: () => undefined, writeErr: () => undefined })
    command.action(() => undefined)
    command.commands.forEach(silence)
  }
  program.commands.forEach(silence)
  program.configureOutput({ writeOut: () => undefined, writeErr: () => undefined })
  try {
    await program.parseAsync(['node', ...words])
    return undefined
  } catch (error) {
    const { code = '', message } = error as { code?: string; message: string }
    return code.includes('help') || code.includes('version') ? undefined : message
  }
}

export function whyNotComment(said: string): string | undefined {
  const usage = said.replace(' [<file>] mine|upstream|both', ' mine')
  const problem = parseCommands(usage.replace('<release>', 'v2.30.0').replace('<patch>', '1')).problems[0]
  return problem?.message
}

export function whyNotSetting(said: string): string | undefined {
  const reading = readConfig(`${said}\n`)
  return reading.kind === 'problems' ? reading.problems.map(({ message }) => message).join(' ') : undefined
}

function literalsOf(source: string): readonly string[] {
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) found.push(node.text)
    if (ts.isTemplateExpression(node)) {
      found.push(node.head.text + node.templateSpans.map(({ literal }) => `X${literal.text}`).join(''))
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('x.ts', source, ts.ScriptTarget.Latest, true))
  return found
}
