import { readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { multiarch } from '../../support/run-multiarch.ts'

const SRC = resolve(import.meta.dirname, '../../../src')

/** What a file of ours imports when it is loaded, types and later imports aside. */
function importsOf(path: string): readonly string[] {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ESNext)
  return source.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return []
    const clause = statement.importClause
    const names = clause?.namedBindings
    const isOfTypes =
      clause?.isTypeOnly ||
      (names && ts.isNamedImports(names) && names.elements.every(({ isTypeOnly }) => isTypeOnly))
    return isOfTypes ? [] : [statement.moduleSpecifier.text]
  })
}

/** Every module that loading a file loads: ours by their paths in `src`, packages by name. */
function loadedBy(path: string, seen = new Set<string>()): ReadonlySet<string> {
  const name = relative(SRC, path)
  if (seen.has(name)) return seen
  seen.add(name)
  for (const target of importsOf(path)) {
    if (target.startsWith('.')) loadedBy(join(dirname(path), target), seen)
    else seen.add(target)
  }
  return seen
}

// Time is measured in bench/start.ts; this holds what it comes from.
test('starting loads the command line alone: nothing of the engine, no git, and commander as the only package', () => {
  const loaded = [...loadedBy(join(SRC, 'entry/cli.ts'))]
  const packages = loaded.filter((name) => !name.endsWith('.ts') && !name.startsWith('node:'))
  expect(packages).toEqual(['commander'])
  expect(loaded.filter((name) => /^(?:app|adapters|ports)\//.test(name))).toEqual([])
  expect(loaded.filter((name) => name.startsWith('entry/commands/'))).toEqual(['entry/commands/exit.ts'])
})

test('every command says what it is for, and what nobody knows is refused with the nearest', async () => {
  const { out, code } = await multiarch('--help')
  expect(code).toBe(0)
  const commands = [...out.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name)
  expect(commands).toContain('plan')
  for (const name of commands.filter((each) => each !== 'help')) {
    const help = await multiarch('help', name as string)
    expect(help.code).toBe(0)
  }
  const unknown = await multiarch('plam')
  expect(unknown.code).toBe(2)
  expect(unknown.err).toContain('Did you mean plan?')
})
