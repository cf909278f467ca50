import { expect, test } from 'vitest'
import { ansiblePins, refusedPins, takesAnsible } from '../../../src/core/automation/ansible-pins.ts'
import { wordAnsible } from '../../../src/core/explain/found/word-ansible.ts'
import { release } from '../../support/pull-request.ts'

/** As v2.27 has it. */
const NEEDS = { min: '2.16.4', maxExclusive: '2.17.0' }

test.each<readonly [string, boolean]>([
  ['ansible-core<2.16', false],
  ['ansible-core<2.16.4', false],
  ['ansible-core<=2.16.4', true],
  ['ansible-core<2.17', true],
  ['ansible-core==2.15.*', false],
  ['ansible-core==2.16.*', true],
  ['ansible-core==2.16.3', false],
  ['ansible-core~=2.15.0', false],
  ['ansible-core~=2.15', true],
  ['ansible-core>=2.17,<2.18', false],
  ['ansible-core >= 2.14, != 2.16.5', true],
  ['ansible==8.5.0', false],
  ['ansible==9.13.0', true],
  ['ansible<9', false],
  ['ansible<9.5', true],
  ['ansible~=10.1', false],
  ['ansible==2.9.27', false],
  ['ansible==3.4.0', true],
])('%s leaves something of what 2.16.4 up to 2.17 asks: %s', (written, takes) => {
  const [pin, ...more] = ansiblePins(new Map([['requirements.txt', `jinja2==3.1\n${written}\n`]]))
  expect(more).toEqual([])
  expect(pin).toMatchObject({ line: 2, written })
  expect(pin && takesAnsible(pin, NEEDS)).toBe(takes)
})

test.each([
  '# ansible-core<2.16',
  'ansible-lint<6',
  'my-ansible==1',
  'pip install ansible',
  'ansible_version=2.9',
])('`%s` pins no Ansible', (line) => {
  expect(ansiblePins(new Map([['Makefile', `${line}\n`]]))).toEqual([])
})

test.each<[string, string, boolean]>([
  ['pyproject.toml', 'ansible-core = "^2.15.3"', true],
  ['pyproject.toml', 'ansible-core = "~2.15.3"', false],
  ['pyproject.toml', 'ansible-core = "~2.16.4"', true],
  ['pyproject.toml', 'ansible = "^8.5"', false],
  ['pyproject.toml', 'ansible = { version = "9.13.0", extras = ["azure"] }', true],
  ['pyproject.toml', 'dependencies = ["ansible-core<2.16"]', false],
  ['deploy/Pipfile', 'ansible = "==8.7.0"', false],
  ['deploy/Pipfile', '"ansible-core" = ">=2.16.4,<2.17"', true],
  ['environment.yml', '  - ansible-core=2.15.*', false],
  ['environment.yml', '  - conda-forge::ansible=9.5', true],
  ['conda/env-conda.yaml', '- ansible=8', false],
])('%s: what its tool is told is read as that tool does: %s', (file, line, isTaken) => {
  const pins = ansiblePins(new Map([[file, `first\n${line}\n`]]))
  expect(pins).toHaveLength(1)
  const [pin] = pins
  expect(pin && takesAnsible(pin, { min: '2.16.4', maxExclusive: '2.17.0' })).toBe(isTaken)
  expect(pin?.line).toBe(2)
})

test('a form of another tool is none elsewhere, and any version is no bound', () => {
  expect(ansiblePins(new Map([['settings.toml', 'ansible = "8.5"\n']]))).toEqual([])
  expect(ansiblePins(new Map([['vars.yml', '- ansible=8\n']]))).toEqual([])
  const [any] = ansiblePins(new Map([['Pipfile', 'ansible = "*"\n']]))
  expect(any && takesAnsible(any, { min: '2.16.4', maxExclusive: '2.17.0' })).toBe(true)
})

test('a pin that the release refuses is told with its place, any other is not', () => {
  const pins = ansiblePins(
    new Map([
      ['Makefile', 'up:\n\tpip install "ansible-core<2.16"\n'],
      ['requirements.txt', 'ansible-core==2.16.9\n'],
      ['README.md', 'pip install ansible-core==2.9\n'],
    ]),
  )
  expect(wordAnsible(refusedPins(pins, NEEDS), release('v2.27.0'), NEEDS)).toMatchObject([
    {
      code: 'ansible-pinned',
      file: 'Makefile',
      line: 2,
      message: expect.stringContaining(
        '`ansible-core<2.16` installs an Ansible that v2.27.0 refuses',
      ) as string,
    },
  ])
})
