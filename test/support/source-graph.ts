import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import ts from 'typescript'

/** A source file as its parser sees it. */
interface SourceFile {
  /** Relative to the folder that was read, with `/`. */
  readonly path: string
  readonly lines: number
  /** Files of the same folder that it imports. */
  readonly imports: readonly string[]
  /** Names. */
  readonly exports: readonly string[]
  /** Exported types. */
  readonly types: number
  /** Literals that are spread into another one. */
  readonly spreads: number
}

/** Reads every TypeScript file below a folder with TypeScript's own parser. */
export function readSources(root: string): readonly SourceFile[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => read(root, file.replaceAll('\\', '/')))
}

/** Who imports whom, file by file. */
export function fileGraph(files: readonly SourceFile[]): Graph {
  return new Map(files.map(({ path, imports }) => [path, imports]))
}

type Graph = ReadonlyMap<string, readonly string[]>

/** The doors are scripts and handlers, named for what starts them. */
export function isDoor({ path }: SourceFile): boolean {
  return dirname(path) === 'entry'
}

function read(root: string, path: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8')
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true)
  const imports: string[] = []
  const exports: string[] = []
  let types = 0
  let spreads = 0
  for (const statement of source.statements) {
    const from = moduleOf(statement)
    if (from?.startsWith('.'))
      imports.push(relative(root, resolve(root, dirname(path), from)).replaceAll('\\', '/'))
    if (!isExported(statement)) continue
    if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) types++
    exports.push(...namesIn(statement))
  }
  const visit = (node: ts.Node): void => {
    if (ts.isSpreadAssignment(node) && spreadsLiteral(node.expression)) spreads++
    ts.forEachChild(node, visit)
  }
  visit(source)
  return { path, lines: text.split('\n').length - 1, imports, exports, types, spreads }
}

function moduleOf(statement: ts.Statement): string | undefined {
  if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return undefined
  const from = statement.moduleSpecifier
  return from && ts.isStringLiteral(from) ? from.text : undefined
}

function isExported(statement: ts.Statement): boolean {
  const flags = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : []
  return ts.isExportDeclaration(statement) || flags.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
}

function namesIn(statement: ts.Statement): readonly string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText())
  if (
    ts.isExportDeclaration(statement) &&
    statement.exportClause &&
    ts.isNamedExports(statement.exportClause)
  )
    return statement.exportClause.elements.map(({ name }) => name.text)
  const named = statement as ts.Statement & { readonly name?: ts.Identifier }
  return named.name ? [named.name.text] : []
}

/** `...{ a }`, and `...(x && { a })` and `...(x ? { a } : …)`, which are the same in disguise. */
function spreadsLiteral(expression: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(expression)) return spreadsLiteral(expression.expression)
  if (ts.isBinaryExpression(expression)) return spreadsLiteral(expression.right)
  if (ts.isConditionalExpression(expression))
    return spreadsLiteral(expression.whenTrue) || spreadsLiteral(expression.whenFalse)
  return ts.isObjectLiteralExpression(expression)
}

/** Whether a file says with its name what one gets from it; letter case and dashes aside. */
export function isNamedForAnExport({ path, exports }: SourceFile): boolean {
  const name = plain(basename(path, '.ts'))
  return exports.some((each) => plain(each) === name)
}

function plain(name: string): string {
  return name.replaceAll(/[-_]/g, '').toLowerCase()
}

/** Who imports whom, folder by folder. */
export function folderGraph(files: readonly SourceFile[]): Graph {
  const graph = new Map<string, string[]>()
  for (const { path, imports } of files) {
    const from = dirname(path)
    const to = imports.map((each) => dirname(each)).filter((each) => each !== from)
    graph.set(from, [...(graph.get(from) ?? []), ...to])
  }
  return graph
}

/** The groups of nodes that reach each other (Tarjan's strongly connected components of more than one node). */
export function circlesOf(graph: Graph): readonly (readonly string[])[] {
  const found: string[][] = []
  const index = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const connect = (node: string): void => {
    index.set(node, index.size)
    low.set(node, index.get(node) ?? 0)
    stack.push(node)
    for (const next of new Set(graph.get(node) ?? [])) {
      if (!index.has(next)) {
        connect(next)
        low.set(node, Math.min(low.get(node) ?? 0, low.get(next) ?? 0))
      } else if (stack.includes(next)) low.set(node, Math.min(low.get(node) ?? 0, index.get(next) ?? 0))
    }
    if (low.get(node) !== index.get(node)) return
    const group = stack.splice(stack.indexOf(node))
    if (group.length > 1) found.push(group)
  }
  for (const node of graph.keys()) if (!index.has(node)) connect(node)
  return found
}
