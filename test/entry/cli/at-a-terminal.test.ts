import { afterEach, describe, expect, test, vi } from 'vitest'
import { demoWorld } from '../../support/demo.ts'
import { multiarch } from '../../support/run-multiarch.ts'

const ESCAPE = '\u001b['

/** As if both streams were a terminal of so many columns. */
function atTerminal(columns = 80): void {
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'isTTY', 'get').mockReturnValue(true)
    vi.spyOn(stream, 'columns', 'get').mockReturnValue(columns)
    vi.spyOn(stream, 'getColorDepth').mockReturnValue(8)
  }
}

/** Streams of a worker are no terminals, and have none of what terminals have. */
for (const stream of [process.stdout, process.stderr])
  for (const [key, value] of [
    ['isTTY', false],
    ['columns', undefined],
  ] as const)
    Object.defineProperty(stream, key, { configurable: true, get: () => value })
for (const stream of [process.stdout, process.stderr])
  if (!('getColorDepth' in stream))
    Object.defineProperty(stream, 'getColorDepth', { configurable: true, writable: true, value: () => 1 })

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

/** The environment of a terminal with colours, whatever the tests run in. */
function environment(more: Readonly<Record<string, string>> = {}): void {
  for (const name of ['FORCE_COLOR', 'NO_COLOR', 'TERM', 'CI']) vi.stubEnv(name, more[name])
  vi.stubEnv('TERM', more['TERM'] ?? 'xterm-256color')
}

const COMMANDS = [
  ['plan'],
  ['upgrade', '--dry-run'],
  ['explain', '1'],
  ['audit'],
  ['addons', '--dry-run'],
  ['bump', '--dry-run'],
  ['doctor'],
  ['config', 'show'],
] as const

/** The arguments of a command in a clone; `config show` and `explain` have theirs in other places. */
function inClone(words: readonly string[], path: string): readonly string[] {
  const [name = '', ...rest] = words
  if (name === 'config') return [...words, path]
  return [name, path, ...rest]
}

describe.each(COMMANDS.map((words) => [words.join(' '), words] as const))('multiarch %s', (_, words) => {
  test('has colours at a terminal, keeps within its width, and leaves no line of progress', async () => {
    const { path } = await demoWorld()
    environment()
    atTerminal(72)
    const { out, err } = await multiarch(...inClone(words, path))
    expect(out + err).toContain(ESCAPE)
    expect(out).not.toContain('\r')
    expect(err === '' || err.endsWith('\r\u001b[K') || err.endsWith('\n')).toBe(true)
    vi.restoreAllMocks()
    // eslint-disable-next-line no-control-regex -- colours are taken away
    const plain = out.replace(/\u001b\[\d+m/g, '')
    const wide = plain
      .split('\n')
      .filter((line) => line.length > 72 && /\S\s+\S/.test(line.slice(0, 72).trim()))
    // Commands, code, and what is quoted line by line are not wrapped.
    expect(wide.filter((line) => !/^ {2,}|`/.test(line))).toEqual([])
  })

  test.each([
    ['in a pipe', {}, false],
    ['with NO_COLOR', { NO_COLOR: '1' }, true],
    ['with TERM=dumb', { TERM: 'dumb' }, true],
    ['with FORCE_COLOR=0', { FORCE_COLOR: '0' }, true],
  ] as const)('is plain %s', async (__, env, isTerminal) => {
    const { path } = await demoWorld()
    environment(env)
    if (isTerminal) atTerminal()
    const { out, err } = await multiarch(
      ...inClone(words, path),
      ...(words[0] === 'doctor' || words[0] === 'config' ? [] : ['--quiet']),
    )
    expect(out + err).not.toContain(ESCAPE)
  })

  test('says nothing beside JSON, and JSON has no colours whatever is set', async () => {
    const { path } = await demoWorld()
    environment({ FORCE_COLOR: '1' })
    atTerminal()
    const { out, err } = await multiarch(...inClone(words, path), '--json')
    expect(err).toBe('')
    expect(out).not.toContain('\u001b')
    expect(JSON.parse(out)).toMatchObject({ schema: 1 })
  })
})

test('FORCE_COLOR colours a pipe', async () => {
  const { path } = await demoWorld()
  environment({ FORCE_COLOR: '1' })
  const { out, err } = await multiarch('plan', path)
  expect(out).toContain(ESCAPE)
  expect(err).toBe('')
})

test('progress tells the patches one by one, at a terminal alone', async () => {
  const { path } = await demoWorld()
  environment()
  const piped = await multiarch('upgrade', path, '--dry-run')
  expect(piped.err).toBe('')
  atTerminal()
  const { err } = await multiarch('upgrade', path, '--dry-run')
  expect(err).toContain('… reading the fork')
  expect(err).toContain('… carrying 6 of 6')
  expect(err.endsWith('\r\u001b[K')).toBe(true)
  const quiet = await multiarch('upgrade', path, '--dry-run', '--quiet')
  expect(quiet.err).toBe('')
})

test('an error while a line of progress is shown begins on a clean line', async () => {
  const { path } = await demoWorld()
  environment()
  atTerminal()
  const { code, err } = await multiarch('upgrade', path, '--onto', 'v2.9.7')
  expect(code).toBe(2)
  // eslint-disable-next-line no-control-regex -- what erases the line is looked for
  expect(err).toMatch(/\r\u001b\[K\u001b\[1m\u001b\[31mmultiarch:\u001b\[39m\u001b\[22m [^\r]*\n$/)
})
