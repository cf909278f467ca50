import js from '@eslint/js'
import regexp from 'eslint-plugin-regexp'
import tseslint from 'typescript-eslint'

/** `...{ a }`, and `...(x && { a })` and `...(x ? { a } : {})`, which are the same in disguise. */
const LITERAL_SPREADS = [
  'ObjectExpression > SpreadElement > ObjectExpression',
  'ObjectExpression > SpreadElement > LogicalExpression > ObjectExpression.right',
  'ObjectExpression > SpreadElement > ConditionalExpression > ObjectExpression',
].map((selector) => ({
  selector,
  message:
    'A literal is not spread into another: write its fields, and those that may be absent with `defined` or `optional` of core/model/defined.ts.',
}))

const NAMED_EXPORTS = {
  selector: 'ExportDefaultDeclaration',
  message: 'Named exports only: a name is searched for, a default is not.',
}

const WHOLE_ZOD = {
  selector: 'ImportDeclaration[source.value="zod"] > ImportSpecifier[imported.name="z"]',
  message:
    "`import * as z from 'zod'`: `{ z }` is all of the package, its languages too, and a command loads half a megabyte more.",
}

export default tseslint.config(
  { ignores: ['dist', 'coverage', 'fixtures', 'node_modules'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: ['error', 'always'],
      // Ports promise; an adapter that has the answer at hand need not wait for anything.
      '@typescript-eslint/require-await': 'off',
      'max-params': ['error', 4],
      'no-nested-ternary': 'error',
      'no-console': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      'no-restricted-syntax': ['error', NAMED_EXPORTS],
    },
  },
  {
    // Nearly all text that is read here is somebody else's: no expression may take longer than in proportion to it.
    files: ['src/**/*.ts'],
    plugins: { regexp },
    rules: {
      'no-restricted-syntax': ['error', NAMED_EXPORTS, WHOLE_ZOD, ...LITERAL_SPREADS],
      'regexp/no-super-linear-backtracking': 'error',
      'regexp/no-super-linear-move': 'error',
    },
  },
  { files: ['**/*.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
  { files: ['src/entry/**/*.ts', 'bench/**/*.ts', 'scripts/**/*'], rules: { 'no-console': 'off' } },
  {
    files: ['scripts/**/*.js', '*.js'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly' } },
  },
)
