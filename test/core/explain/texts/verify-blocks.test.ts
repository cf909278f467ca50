import { expect, test } from 'vitest'
import { markdown } from '../../../../src/core/explain/blocks/markdown.ts'
import { verifyBlocks } from '../../../../src/core/explain/texts/verify-blocks.ts'
import type { Failure, Verified, VerifiedRun, WhyNot } from '../../../../src/core/verify/verified.ts'

const run = (more: Partial<VerifiedRun>): VerifiedRun => ({
  question: 'syntax',
  playbook: 'cluster.yml',
  inventory: 'inventory/mine',
  answer: 'passes',
  failures: [],
  told: [],
  ...more,
})
const verified = (more: Partial<Verified>): Verified => ({
  revision: 'main',
  ansible: { installed: '2.16.3', min: '2.16.0' },
  runs: [],
  withheld: [],
  unclear: [],
  ...more,
})
const said = (more: Partial<Verified>): string => markdown(verifyBlocks(verified(more)))
const failing = (failure: Partial<Failure>): string =>
  said({ runs: [run({ answer: 'fails', failures: [{ message: 'it stops', hosts: [], ...failure }] })] })

test('what passes is said with what that cannot tell', () => {
  expect(said({ runs: [run({})] })).toContain(
    'What I ran of Ansible passes; whether the play does on your hosts it cannot tell.',
  )
  expect(said({ runs: [run({})] })).toContain('Syntax of `cluster.yml` on `inventory/mine`: passes.')
})

test.each<[runs: readonly VerifiedRun['answer'][], head: string]>([
  [['fails', 'passes'], '1 run of Ansible failed.'],
  [['fails', 'fails'], '2 runs of Ansible failed.'],
  [['unanswered'], '1 run of Ansible gave no answer.'],
  [['fails', 'unanswered', 'unanswered'], '1 run of Ansible failed, and 2 runs of Ansible gave no answer.'],
])('%j: %s', (answers, head) => {
  const text = said({ runs: answers.map((answer) => run({ answer })) })
  expect(text).toContain(head)
  expect(text).not.toContain('What I ran of Ansible passes')
})

test.each<[more: Partial<Verified>, words: string]>([
  [{}, 'On `main`, with Ansible'],
  [{ release: 'main' }, 'On `main`, with Ansible'],
  [{ release: 'v2.28.0' }, 'On `main`, which stands on `v2.28.0`, with Ansible'],
  [{ runs: [run({ inventory: '' })] }, 'Syntax of `cluster.yml` on `.`: passes.'],
  [{ runs: [run({ question: 'inventory' })] }, '`ansible-inventory --list` on `inventory/mine`: passes.'],
  [
    { runs: [{ question: 'syntax', answer: 'passes', failures: [], told: [] }] },
    'Syntax of the playbooks: passes.',
  ],
  [
    { runs: [run({ question: 'validation', checks: 12, asked: 9 })] },
    "The release's own validation (9 of 12 checks asked) on `inventory/mine`: passes.",
  ],
  [{ runs: [run({ question: 'validation', checks: 1 })] }, '(0 of 1 check asked)'],
  [
    { runs: [run({ question: 'validation', answer: 'not-run', why: { code: 'no-hosts' } })] },
    "The release's own validation on `inventory/mine`: not run. The inventory names no host.",
  ],
  [{ runs: [run({ answer: 'unanswered', why: { code: 'timed-out' } })] }, 'no answer.'],
  [{ runs: [run({ told: ['upgrade one by one'] })] }, 'The release says: upgrade one by one'],
  [{ ansible: { installed: '2.16.3' } }, 'it does not say which it takes'],
  [{ withheld: ['filter_plugins/mine.py'] }, 'such as `filter_plugins/mine.py`: Ansible did not get them.'],
  [{ unclear: ['deploy.sh'] }, 'Variables that commands in `deploy.sh` pass'],
])('%j: %s', (more, words) => {
  expect(said(more)).toContain(words)
})

test('a release that says which Ansible it takes is not told to be silent about it', () => {
  expect(said({})).not.toContain('it does not say which it takes')
  expect(said({ ansible: { installed: '2.16.3', maxExclusive: '2.17.0' } })).not.toContain('it does not say')
})

test.each<[failure: Partial<Failure>, words: string]>([
  [{}, 'it stops'],
  [{ file: 'roles/a/tasks/main.yml' }, '`roles/a/tasks/main.yml`: it stops'],
  [{ file: 'roles/a/tasks/main.yml', line: 7 }, '`roles/a/tasks/main.yml:7`: it stops'],
  [{ condition: 'kube_owner == "root"' }, 'it stops [`kube_owner == "root"` is not true]'],
  [{ hosts: ['a', 'b'] }, 'it stops (`a` and `b`)'],
  [{ hosts: ['a', 'b', 'c', 'd', 'e'] }, '(`a`, `b`, `c`, `d` and `e`)'],
  [{ hosts: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] }, '(`a`, `b`, `c`, `d`, `e` and 2 more)'],
])('a failure is said with its place, condition and hosts: %j', (failure, words) => {
  expect(failing(failure)).toContain('fails, 1 time.')
  expect(failing(failure)).toContain(words)
})

test.each<[why: WhyNot, words: string]>([
  [{ code: 'no-validation-role' }, 'This release has no `roles/validate_inventory`'],
  [{ code: 'other-tasks', file: 'a.yml', line: 3, doing: 'shell' }, '`a.yml:3` holds `shell`'],
  [
    { code: 'lookup', file: 'a.yml', line: 3, name: 'pipe' },
    'A template in `a.yml:3` asks the lookup `pipe`',
  ],
  [
    { code: 'lookup', file: 'a.yml', line: 3 },
    'A template in `a.yml:3` asks a lookup whose name it works out',
  ],
  [
    { code: 'dynamic', files: ['aws.yml', 'hosts.py'] },
    'Hosts come from `aws.yml` and `hosts.py`, a program or a service',
  ],
  [{ code: 'no-hosts' }, 'The inventory names no host.'],
  [
    { code: 'odd-name', path: 'a,b' },
    'Ansible would take the name `a,b` for something else than a file: rename it.',
  ],
  [{ code: 'no-playbook' }, 'There is neither `cluster.yml` nor `upgrade-cluster.yml`.'],
  [{ code: 'inventory-fails' }, 'Ansible does not read the inventory.'],
  [{ code: 'vault' }, 'Something it reads is encrypted, and I have no key'],
  [{ code: 'vault', file: 'secrets.yml' }, 'Something (`secrets.yml`) is encrypted'],
  [{ code: 'timed-out' }, 'Ansible did not end in time, so I ended it.'],
  [{ code: 'own-filter', name: 'mine' }, 'It uses `mine`, a filter or test of your own'],
  [{ code: 'not-installed', name: 'netaddr' }, '`netaddr` is not installed beside Ansible'],
])('what was not run, or not answered, is said with its reason: %j', (why, words) => {
  expect(said({ runs: [run({ answer: 'not-run', why })] })).toContain(`not run. ${words}`)
  expect(said({ runs: [run({ answer: 'unanswered', why })] })).toContain(words)
})
