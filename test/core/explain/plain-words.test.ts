import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'

const SRC = join(import.meta.dirname, '../../../src')

/** Words that readers had to look up, and what an operator says instead. */
const DIALECT: readonly (readonly [RegExp, string])[] = [
  [/\bmend(?:s|ed|ing)?\b/i, 'fix'],
  [/\b(?:afresh|anew)\b/i, 'again'],
  [/\bleans? on\b/i, 'depends on'],
  [/\bhand(?:s|ed)? in\b/i, 'pass'],
  [/\b(?:take|takes|taken|took) (?:it |them |one )?out\b/i, 'remove'],
  [/\btake (?:it|them) away\b/i, 'remove or uninstall'],
  [/\ball the same\b/i, 'anyway'],
  [/\bsays? otherwise\b/i, 'overrides'],
  [/\b(?:re)?cook(?:s|ed)?\b/i, 'nothing: that is a word of ours'],
]

test('no text for users uses the words of this project alone', () => {
  const found = sources().flatMap((file) =>
    textsOf(file).flatMap((text) =>
      DIALECT.filter(([word]) => word.test(text)).map(
        ([, better]) => `${file.slice(SRC.length + 1)}: “${text.trim().slice(0, 90)}”: say ${better}`,
      ),
    ),
  )
  expect(found).toEqual([])
})

function sources(): readonly string[] {
  return readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => join(SRC, path))
}

/** Every literal that reads like a sentence: two blanks at least. Errors that only we see are among them. */
function textsOf(file: string): readonly string[] {
  const texts: string[] = []
  const visit = (node: ts.Node): void => {
    const isText =
      ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)
    if (isText && / \S+ /.test(node.text)) texts.push(node.text)
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest))
  return texts
}
