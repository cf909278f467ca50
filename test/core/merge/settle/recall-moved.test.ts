import { describe, expect, test } from 'vitest'
import { recallMoved } from '../../../../src/core/merge/settle/recall-moved.ts'
import { splitLines } from '../../../../src/core/text/split-lines.ts'

interface Answered {
  readonly base: string
  readonly upstream: string
  readonly patch: string
  readonly made: string
}

/** What becomes of another file by the answer to a conflict of this one. */
function elsewhere(path: string, then: Answered, now: string, at = path): string {
  const [base, upstream, patch, made] = [then.base, then.upstream, then.patch, then.made].map(splitLines) as [
    string[],
    string[],
    string[],
    string[],
  ]
  const told = recallMoved(
    { path, sides: { base, upstream, patch }, made },
    { path: at, lines: splitLines(now) },
  )
  return told.kind === 'recalled' ? told.lines.join('') : told.why.code
}

/** A text that has the place four ways: as it was, as the release and the patch have it, and as the person made it. */
function answered(
  text: string,
  [base, upstream, patch, made]: readonly [string, string, string, string],
): Answered {
  const put = (lines: string): string => text.replace('>\n', lines)
  return { base: put(base), upstream: put(upstream), patch: put(patch), made: put(made) }
}

const CALL = ['fetch it\n', 'fetch it slowly\n', 'build mine\n', 'fetch mine slowly\n'] as const

describe('lines of a script', () => {
  const script = answered('prepare all\n>\nclean up all\n\nleave now\n', CALL)
  test.each<readonly [string, string, string]>([
    [
      'what stands farther around them may be another',
      'other words\nprepare all\nfetch it slowly\nclean up all\nmore words\n',
      'other words\nprepare all\nfetch mine slowly\nclean up all\nmore words\n',
    ],
    [
      'the ends of lines are those of the file',
      'other words\r\nprepare all\r\nfetch it slowly\r\nclean up all\r\n',
      'other words\r\nprepare all\r\nfetch mine slowly\r\nclean up all\r\n',
    ],
    ['they are no more', 'prepare all\nclean up all\nleave now\n', 'other-lines'],
    [
      'they have other words, below a change',
      'prepare\nfetch it quickly\nclean up all\nleave now\n',
      'other-lines',
    ],
    [
      'they stand in a condition of a template',
      '{% if a %}\nfetch it slowly\n{% endif %}\nclean up all\n',
      'other-place',
    ],
  ])('%s', (_, now, becomes) => {
    expect(elsewhere('run.sh', script, now)).toBe(becomes)
  })

  test('the answer uses a name that this file has not', () => {
    const named = answered('tool_path=/opt\n\n>\n', [
      'get\n',
      'get it all\n',
      'get mine\n',
      'get $tool_path\n',
    ])
    expect(elsewhere('run.sh', named, 'other words\nget it all\n')).toBe('names-lost')
    expect(elsewhere('run.sh', named, 'tool_path=/usr\n\nget it all\n')).toBe(
      'tool_path=/usr\n\nget $tool_path\n',
    )
  })

  test('what the person changed beside them has to be there as well', () => {
    const near = 'prepare all\nfetch it slowly\nclean up all\n'
    const beside = { ...script, made: script.made.replace('leave now', 'leave later') }
    expect(elsewhere('run.sh', beside, `${near}more words\n\nleave now\n`)).toBe(
      `${near.replace('it', 'mine')}more words\n\nleave later\n`,
    )
    expect(elsewhere('run.sh', beside, near)).toBe('other-lines')
  })

  test('of two places one is not enough', () => {
    const texts = ['fetch it\n', 'fetch it slowly\n', 'build mine\n', 'fetch mine slowly\n'] as const
    const more = ['unpack it\n', 'unpack it there\n', 'unpack mine\n', 'unpack mine there\n'] as const
    const both = answered(answeredTwice, texts)
    const two: Answered = {
      base: both.base.replace('>>\n', more[0]),
      upstream: both.upstream.replace('>>\n', more[1]),
      patch: both.patch.replace('>>\n', more[2]),
      made: both.made.replace('>>\n', more[3]),
    }
    const one = 'prepare all\nfetch it slowly\nclean up all\n'
    const other = 'and so on\nunpack it there\nleave now\n'
    expect(elsewhere('run.sh', two, `${one}${other}`)).toBe(`${one}${other}`.replaceAll('it', 'mine'))
    expect(elsewhere('run.sh', two, one)).toBe('other-lines')
    expect(elsewhere('run.sh', two, other)).toBe('other-lines')
    expect(elsewhere('run.sh', two, `${one}{% if a %}\n${other}{% endif %}\n`)).toBe('other-place')
    expect(elsewhere('run.sh', two, `{% if a %}\n${one}{% endif %}\n${other}`)).toBe('other-place')
  })

  test('nothing was open: there is no answer', () => {
    const clean = { ...script, base: script.patch }
    expect(elsewhere('run.sh', clean, script.upstream)).toBe('other-lines')
  })
})

const answeredTwice = 'prepare all\n>\nclean up all\nand so on\n>>\nleave now\n'

describe('lines that stand everywhere say nothing by themselves, and are found by what is next to them', () => {
  const signs = ['[\n', '(\n', '<\n', ')\n'] as const
  test.each<readonly [string, string, string]>([
    ['only signs', 'prepare all\n{\n>\n}\nleave now\n', 'other-lines'],
    ['words above', '{\nprepare all\n>\n}\n}\n', '{\nprepare all\n)\n}\n}\n'],
    ['words below', '{\n{\n>\nleave now\n}\n', '{\n{\n)\nleave now\n}\n'],
  ])('%s', (_, text, becomes) => {
    const then = answered(text, signs)
    expect(elsewhere('run.sh', then, then.upstream)).toBe(becomes)
  })
})

describe('what came to stand next to them', () => {
  const two = answered('prepare all\n>\nleave now\n', [
    'fetch it\nunpack it\n',
    'fetch it slowly\nunpack it there\n',
    'fetch mine\nunpack mine\n',
    'fetch it slowly\nunpack mine there\n',
  ])
  test.each<readonly [string, string, string]>([
    [
      'above what was made otherwise',
      'new words\nfetch it slowly\nunpack it there\nleave now\n',
      'new words\nfetch it slowly\nunpack mine there\nleave now\n',
    ],
    ['beside it', 'prepare all\nfetch it slowly\nunpack it there\nnew words\n', 'collides'],
    ['between them', 'prepare all\nfetch it slowly\nnew words\nunpack it there\nleave now\n', 'other-lines'],
  ])('%s', (_, now, becomes) => {
    expect(elsewhere('run.sh', two, now)).toBe(becomes)
  })

  test('a remark above them changes nothing of what they stand in', () => {
    const task = answered('- name: Fetch\n>\n  when: wanted\n', [
      '  command: fetch\n  register: fetched\n',
      '  command: fetch --all\n  register: all_fetched\n',
      '  command: build\n  register: built\n',
      '  command: fetch --all\n  register: built\n',
    ])
    expect(elsewhere('a.yml', task, task.upstream.replace('  command', '  # why\n  command'))).toBe(
      task.made.replace('  command', '  # why\n  command'),
    )
  })
})

test('an answer that makes a file say something twice is not given', () => {
  const then = answered('[all]\n>\nlast_one=1\n', ['port=1\n', 'port=2\n', 'port=3\n', 'port=2\nuser=me\n'])
  expect(elsewhere('a.ini', then, `${then.upstream}more=1\n`)).toBe(`${then.made}more=1\n`)
  expect(elsewhere('a.ini', then, `${then.upstream}user=you\n`)).toBe('collides')
})

test('a text too long to be looked into was open by its lines alone', () => {
  const long = `${'x'.repeat(20_001)}\n`
  const lines = ['run --one a --two b', 'run --one c --two b', 'run --one a --two d', 'run --one c --two e']
  const then = answered(
    `${long}prepare all\n>\n`,
    lines.map((line) => `${line}\n`) as [string, string, string, string],
  )
  expect(elsewhere('run.sh', then, 'prepare all\nrun --one c --two b\n')).toBe(
    'prepare all\nrun --one c --two e\n',
  )
})
