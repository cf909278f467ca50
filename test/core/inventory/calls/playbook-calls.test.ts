import { expect, test } from 'vitest'
import { playbookCalls } from '../../../../src/core/inventory/calls/playbook-calls.ts'

/** File, its text, and each call as `-i` … · playbooks · what is handed in. */
const table: readonly [string, string, string, readonly string[]][] = [
  [
    'one line of a script',
    'run.sh',
    'ansible-playbook -i inventory/a.ini -b cluster.yml\n',
    ['inventory/a.ini · cluster.yml · '],
  ],
  [
    'lines that go on, and options in every spelling',
    'Makefile',
    'up:\n\tansible-playbook --inventory=inventory/a.ini \\\n\t  -u root \\\n\t  --become upgrade-cluster.yml \\\n\t  -e kube_version=v1.30.4 -e "a=1 b=2" --extra-vars=c=3 -e@x.yml --extra-vars \'@y/z.yml\' -bi inventory/b.ini\n',
    [
      'inventory/a.ini, inventory/b.ini · upgrade-cluster.yml · kube_version=v1.30.4 a=1 b=2 c=3 @x.yml @y/z.yml',
    ],
  ],
  [
    'what another command follows',
    'run.sh',
    'cd kubespray && ansible-playbook -i ../a.ini cluster.yml; ansible-playbook -i ../b.ini reset.yml | tee log # -e x=1\n',
    ['../a.ini · cluster.yml · ', '../b.ini · reset.yml · '],
  ],
  [
    'a comment',
    'run.sh',
    '# ansible-playbook -i a.ini cluster.yml\necho 1 # ansible-playbook -i b.ini\n',
    [],
  ],
  [
    'a page',
    'README.md',
    'Then:\n\n```sh\n# ansible-playbook -i inventory/x/hosts.ini cluster.yml\n$ ansible-playbook -i inventory/y/hosts.ini cluster.yml\n```\n',
    ['inventory/x/hosts.ini · cluster.yml · ', 'inventory/y/hosts.ini · cluster.yml · '],
  ],
  [
    'a workflow with a folded text',
    '.github/workflows/x.yml',
    'jobs:\n  a:\n    steps:\n      - run: >-\n          ansible-playbook\n          -i inventory/a.ini\n          -e kube_version=v1.30.4\n          cluster.yml\n      - uses: x\n',
    ['inventory/a.ini · cluster.yml · kube_version=v1.30.4'],
  ],
  [
    'a list in brackets',
    'compose.yaml',
    'services:\n  x:\n    command: ["ansible-playbook", "-i", "/inventory/a.ini", "-e", "kube_version=v1.30.4", "cluster.yml"]\n',
    ['/inventory/a.ini · cluster.yml · kube_version=v1.30.4'],
  ],
  [
    'a list of lines',
    'compose.yaml',
    'services:\n  x:\n    command:\n      - ansible-playbook\n      - -i\n      - /inventory/a.ini\n      - "cluster.yml"\n    volumes:\n      - a:b\n',
    ['/inventory/a.ini · cluster.yml · '],
  ],
  [
    'a command inside of quotes',
    'run.sh',
    `docker run x bash -c "ansible-playbook -i a.ini -e \\"kube_version=v1.30.4\\" cluster.yml" && echo done.yml\n`,
    ['a.ini · cluster.yml · kube_version=v1.30.4'],
  ],
  [
    'values as a mapping',
    'run.sh',
    `ansible-playbook -i a.ini cluster.yml -e '{"kube_version": "v1.30.4", "helm_enabled": true, "l": [1]}'\n`,
    ['a.ini · cluster.yml · kube_version=v1.30.4 helm_enabled=true'],
  ],
  [
    'variables of the same file',
    'Makefile',
    'KUBE ?= v1.30.4\nHOSTS := inventory/$(ENV)/a.ini\nENV = prod\nup:\n\t$(ANSIBLE_PLAYBOOK) -i inventory/$(ENV)/a.ini cluster.yml -e kube_version=$(KUBE)\n',
    ['inventory/prod/a.ini · cluster.yml · kube_version=v1.30.4'],
  ],
  [
    'a variable of Task',
    'Taskfile.yml',
    'vars:\n  KUBE: v1.30.4\ntasks:\n  up:\n    cmds:\n      - ansible-playbook -i a.ini cluster.yml -e kube_version={{.KUBE}}\n',
    ['a.ini · cluster.yml · kube_version=v1.30.4'],
  ],
  [
    'a variable of just',
    'justfile',
    "kube := 'v1.30.4'\nup:\n  ansible-playbook -i a.ini cluster.yml -e kube_version={{ kube }}\n",
    ['a.ini · cluster.yml · kube_version=v1.30.4'],
  ],
  [
    'a default of a shell',
    'run.sh',
    'ansible-playbook -i a.ini cluster.yml -e kube_version=${KUBE:-v1.30.4}\n',
    ['a.ini · cluster.yml · kube_version=v1.30.4'],
  ],
  [
    'what only the run knows',
    'run.sh',
    'KUBE=v1.30.4\nKUBE=v1.31.4\nansible-playbook -i "$1" cluster.yml -e kube_version=$KUBE -e x="$(cat v)"\n',
    ['$1 · cluster.yml · kube_version?$KUBE x?$(cat v)'],
  ],
  [
    'Ansible’s settings',
    'ansible.cfg',
    '[ssh]\ninventory = no\n[defaults]\ninventory = ./inventory/a.ini ; mine\n',
    ['./inventory/a.ini ·  · '],
  ],
  ['the environment', 'run.sh', 'export ANSIBLE_INVENTORY=inventory/a.ini\n', ['inventory/a.ini ·  · ']],
  ['a list of hosts', 'run.sh', 'ansible-playbook -i "a,b," cluster.yml\n', [' · cluster.yml · ']],
  [
    'a collection’s playbook',
    'run.sh',
    'ansible-playbook -i a.ini kubernetes_sigs.kubespray.cluster\n',
    ['a.ini · kubernetes_sigs.kubespray.cluster · '],
  ],
]

test.each(table)('reads %s', (_title, file, text, calls) => {
  const found = playbookCalls(file, text).map(({ inventories, playbooks, extra }) => {
    const handedIn = extra.map((each) =>
      each.kind === 'file' ? `@${each.path}` : `${each.name}${each.isPlain ? '=' : '?'}${each.value}`,
    )
    return `${inventories.join(', ')} · ${playbooks.join(', ')} · ${handedIn.join(' ')}`
  })
  expect(found).toEqual(calls)
})

test.each(table)('the bytes at a plain value’s place are the value: %s', (_title, file, text) => {
  for (const { extra } of playbookCalls(file, text))
    for (const each of extra)
      if (each.kind === 'value' && each.isPlain) expect(text.slice(each.from, each.to)).toBe(each.value)
})
