import { expect, test } from 'vitest'
import { callSentence } from '../../../src/core/explain/automation/call-sentence.ts'
import { flat } from '../../../src/core/explain/blocks/text.ts'
import { howApplied } from '../../../src/core/automation/how-applied.ts'
import { byHand, job } from '../../support/applied.ts'

const RUNS = 'ansible-playbook -i hosts upgrade-cluster.yml'

test.each<readonly [string, string, boolean]>([
  ['a here-document that is shown', `usage() {\n  cat <<EOF\n  ${RUNS}\nEOF\n}\n`, false],
  ['one that goes to stderr, with its end moved in', `\tcat <<-'EOF' >&2\n\t${RUNS}\n\tEOF\n`, false],
  ['what comes after it', `cat <<EOF\nhelp\nEOF\n${RUNS}\n`, true],
  ['a here-document that is written to a file', `cat <<EOF > run.sh\n${RUNS}\nEOF\n`, true],
  ['a here-document of a shell', `ssh bastion <<EOF\n${RUNS}\nEOF\n`, true],
  ['an echo with commands in its quotes', `echo "cd kubespray && ${RUNS}"\n`, false],
  ['an echo over several lines', `echo "Next:\n  ${RUNS}\n"\n`, false],
  ['an echo before the command', `echo "running ansible-playbook" && ${RUNS}\n`, true],
  ['an echo on the line before', `echo "it's time"\n${RUNS}\n`, true],
  ['a comment with an apostrophe', `# we don't echo what's\n${RUNS} -e x='y'\n`, true],
  ['an echo that a shell gets', `echo "${RUNS}" | bash\n`, true],
  ['what an echo shows the output of', `echo "$(${RUNS})"\n`, true],
])('%s', (_, text, isRun) => {
  expect(byHand({ 'up.sh': text })).toHaveLength(isRun ? 1 : 0)
})

test('steps of a workflow are commands of their own, whatever the one before prints', () => {
  expect(job(`    steps:\n      - run: "echo it's"\n      - run: "${RUNS}"\n`)).toEqual([
    ':6 upgrade-cluster',
  ])
})

function said(files: Readonly<Record<string, string>>): string {
  const applied = howApplied(new Map(Object.entries(files)), { branch: 'main', isDefault: true })
  return flat(callSentence(applied, 'upgrade-cluster.yml'))
}

test.each(['--limit node1', '-l $(NODE)', '--tags=kubelet', '--limit="kube_node"'])(
  'a call with %s is not offered as the way to move the whole cluster',
  (option) => {
    const part = { Makefile: `node:\n\t${RUNS} ${option}\n` }
    expect(said(part)).toMatch(/^In this repository, `make node` \(`Makefile:2`\) runs it for a part alone/)
    expect(said({ ...part, 'all.sh': `${RUNS}\n` })).toBe(
      'In this repository, `all.sh` (`all.sh:1`) runs it.',
    )
    expect(said({ Makefile: `node:\n\t${RUNS} ${option}\nall:\n\t${RUNS}\n` })).toContain('`make all`')
  },
)

test.each(['--limit all', '-l "all"', '${LIMIT:+--limit $LIMIT}', '--skip-tags multus', '&& ls -l x'])(
  'a call with %s is for the whole cluster',
  (option) => {
    expect(said({ 'all.sh': `${RUNS} ${option}\n` })).toBe(
      'In this repository, `all.sh` (`all.sh:1`) runs it.',
    )
  },
)

test('a merge that runs a part of it applies it all the same', () => {
  expect(job(`    steps:\n      - run: ${RUNS} --limit node1\n`)).toEqual([':5 upgrade-cluster'])
})
