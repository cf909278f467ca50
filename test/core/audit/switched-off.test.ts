import { describe, expect, test } from 'vitest'
import { auditOf, type Files } from '../../support/audited.ts'
import { CHECKING, HOSTS, off, withLine } from '../../support/checking-release.ts'

test('the release as it is has nothing to tell, what it leaves unchecked itself included', () => {
  expect(off({})).toEqual([])
  expect(off(HOSTS)).toEqual([])
})

describe('a patch that switches a check off is told at its line', () => {
  const TASKS = 'roles/download/tasks/main.yml'
  const SCRIPT = 'scripts/fetch.sh'
  const own = (line: string): Files => withLine(SCRIPT, 'pip install x', line)
  test.each<[string, Files, string]>([
    [
      'an option of a module',
      withLine(TASKS, '"{{ download_validate_certs }}"', 'no'),
      `${TASKS}:5 validate_certs`,
    ],
    [
      'in its other spelling',
      withLine(TASKS, '"{{ download_validate_certs }}"', '"False"'),
      `${TASKS}:5 validate_certs`,
    ],
    [
      'in free form',
      withLine(
        TASKS,
        'template: src=hosts.toml.j2',
        'get_url: url=https://example.org/x dest=/x validate_certs=no',
      ),
      `${TASKS}:20 validate_certs`,
    ],
    [
      'a checksum taken out',
      withLine(TASKS, '    checksum: "sha256:{{ sum }}"\n', ''),
      `${TASKS}:1 checksum`,
    ],
    ['a checksum made a comment', withLine(TASKS, '    checksum:', '    # checksum:'), `${TASKS}:1 checksum`],
    ['a checksum emptied', withLine(TASKS, '"sha256:{{ sum }}"', '""'), `${TASKS}:4 checksum`],
    [
      'a checksum left out by omit',
      withLine(TASKS, '"sha256:{{ sum }}"', '"{{ omit }}"'),
      `${TASKS}:4 checksum`,
    ],
    [
      'a signature',
      withLine(TASKS, `"{{ 'yes' if repo_gpgkey else 'no' }}"`, 'false'),
      `${TASKS}:13 gpgcheck`,
    ],
    [
      'a signature taken out',
      withLine(TASKS, `    gpgcheck: "{{ 'yes' if repo_gpgkey else 'no' }}"\n`, ''),
      `${TASKS}:10 gpgcheck`,
    ],
    [
      'yum and dnf',
      withLine(TASKS, '    name: x\n', '    name: x\n    disable_gpg_check: yes\n'),
      `${TASKS}:13 disable_gpg_check`,
    ],
    [
      'apt',
      withLine(TASKS, '    name: x\n', '    name: x\n    allow_unauthenticated: true\n'),
      `${TASKS}:13 allow_unauthenticated`,
    ],
    ['curl', withLine(TASKS, 'curl -sSL', 'curl -skSL'), `${TASKS}:15 curl -k`],
    ['curl, the long way', withLine(TASKS, 'curl -sSL', 'curl --insecure -sSL'), `${TASKS}:15 --insecure`],
    ['curl over lines', own('curl -sSL \\\n  -k https://example.org/y'), `${SCRIPT}:4 curl -k`],
    [
      'curl as a list',
      withLine(TASKS, 'template: src=hosts.toml.j2', 'command:\n    argv: [curl, "-k", https://example.org]'),
      `${TASKS}:21 curl -k`,
    ],
    ['wget', own('wget --no-check-certificate https://example.org/y'), `${SCRIPT}:3 --no-check-certificate`],
    ['git', own('git config --global http.sslVerify false'), `${SCRIPT}:3 http.sslVerify`],
    [
      'git, once',
      own('git -c http.sslVerify=false clone https://example.org/y'),
      `${SCRIPT}:3 http.sslVerify`,
    ],
    ['git, by its environment', own('export GIT_SSL_NO_VERIFY=1'), `${SCRIPT}:3 GIT_SSL_NO_VERIFY`],
    ['pip', own('pip install --trusted-host pypi.example.org x'), `${SCRIPT}:3 --trusted-host`],
    ['npm', own('npm config set strict-ssl false'), `${SCRIPT}:3 strict-ssl`],
    ['node', own('NODE_TLS_REJECT_UNAUTHORIZED=0 node x'), `${SCRIPT}:3 NODE_TLS_REJECT_UNAUTHORIZED`],
    ['zypper', own('zypper --no-gpg-checks install x'), `${SCRIPT}:3 --no-gpg-checks`],
    ['yum', own('yum install --nogpgcheck x'), `${SCRIPT}:3 --nogpgcheck`],
    ['apt-get', own('apt-get install --allow-unauthenticated x'), `${SCRIPT}:3 --allow-unauthenticated`],
    [
      'a source of apt',
      own('echo "deb [arch=amd64 trusted=yes] https://example.org stable main" > /x.list'),
      `${SCRIPT}:3 [trusted=yes]`,
    ],
    ['skopeo', own('skopeo copy --src-tls-verify=false docker://x oci:y'), `${SCRIPT}:3 src-tls-verify`],
    ['podman', own('podman pull --tls-verify=false x'), `${SCRIPT}:3 tls-verify`],
    [
      'kubectl',
      own('kubectl --insecure-skip-tls-verify get nodes'),
      `${SCRIPT}:3 --insecure-skip-tls-verify`,
    ],
    [
      'docker',
      own('dockerd --insecure-registry registry.example.org:5000'),
      `${SCRIPT}:3 --insecure-registry`,
    ],
    [
      'docker’s content trust',
      own('DOCKER_CONTENT_TRUST=0 docker pull x'),
      `${SCRIPT}:3 DOCKER_CONTENT_TRUST`,
    ],
    ['ssh', own('ssh -o StrictHostKeyChecking=no node1'), `${SCRIPT}:3 StrictHostKeyChecking`],
    [
      'ssh’s memory',
      own('ssh -o UserKnownHostsFile=/dev/null node1'),
      `${SCRIPT}:3 UserKnownHostsFile=/dev/null`,
    ],
    [
      'Ansible',
      withLine('ansible.cfg', 'host_key_checking=True', 'host_key_checking = False'),
      'ansible.cfg:2 host_key_checking',
    ],
    [
      'a file that is edited',
      withLine(
        TASKS,
        'template: src=hosts.toml.j2',
        'ini_file: { path: /etc/yum.conf, option: "gpgcheck", value: "0" }',
      ),
      `${TASKS}:20 gpgcheck`,
    ],
    [
      'a template',
      withLine(
        'roles/download/templates/hosts.toml.j2',
        "{{ mirror.skip_verify | default('false') | lower }}",
        'true',
      ),
      'roles/download/templates/hosts.toml.j2:2 skip_verify',
    ],
    [
      'JSON',
      {
        'roles/download/files/daemon.json.yml': '{ "insecure-registries": ["registry.example.org:5000"] }\n',
      },
      'roles/download/files/daemon.json.yml:1 insecure-registries',
    ],
    [
      'plain http where https stood',
      withLine('roles/download/defaults/main.yml', 'repo_url: https:', 'repo_url: http:'),
      'roles/download/defaults/main.yml:26 http://example.org/repo',
    ],
    [
      'a variable by its name',
      withLine(
        'roles/download/defaults/main.yml',
        'download_validate_certs: true',
        'download_validate_certs: false',
      ),
      'roles/download/defaults/main.yml:16 download_validate_certs',
    ],
    [
      'a variable that steers one',
      withLine('roles/download/defaults/main.yml', 'node_tls_wanted: true', 'node_tls_wanted: false'),
      'roles/download/defaults/main.yml:25 node_tls_wanted',
    ],
    [
      'a new role',
      { 'roles/own/tasks/main.yml': '- name: Mine\n  get_url:\n    url: x\n    validate_certs: false\n' },
      'roles/own/tasks/main.yml:4 validate_certs',
    ],
  ])('%s', (_, change, expected) => {
    expect(off(change)).toEqual([expected])
  })
})

describe('no false alarm', () => {
  const TASKS = 'roles/download/tasks/main.yml'
  test.each<[string, Files]>([
    [
      'another way to write what the release has',
      withLine(TASKS, 'validate_certs: no', 'validate_certs: false'),
    ],
    ['a task under another name', withLine(TASKS, '- name: Ask for it', '- name: Ask whether it is there')],
    [
      'a task that went to another file',
      {
        [TASKS]: (CHECKING[TASKS] ?? '').replace(/- name: Ask for it[\s\S]*?no\n/, ''),
        'roles/download/tasks/ask.yml':
          '- name: Ask for it\n  uri:\n    url: https://example.org/health\n    validate_certs: no\n',
      },
    ],
    ['a file of the release under another name', { 'roles/copy/tasks/main.yml': CHECKING[TASKS] ?? '' }],
    ['a comment', withLine(TASKS, '- name: Mirrors', '# validate_certs: no, as some do\n- name: Mirrors')],
    ['a quick look at a file', withLine(TASKS, '    path: /x\n', '    path: /x\n    get_checksum: no\n')],
    ['a check that is put in', withLine(TASKS, 'validate_certs: no', 'validate_certs: yes')],
    [
      'kubelet’s address',
      { 'scripts/fetch.sh': 'kube-apiserver --insecure-bind-address=127.0.0.1 --insecure-port=0\n' },
    ],
    [
      'a flag of another program',
      { 'scripts/fetch.sh': 'sort -k 2 x; curl -o kubectl https://example.org/k; tar -xkf y\n' },
    ],
    [
      'a branch that nobody takes',
      withLine(
        'roles/download/templates/hosts.toml.j2',
        '{% for each',
        '{% if port_insecure_port > 1 %}\ninsecure = true\n{% endif %}\n{% for each',
      ),
    ],
    [
      'packets without checksums',
      withLine(
        'roles/download/defaults/main.yml',
        'extra_flags: ""',
        'extra_flags: ""\nencap_checksum: false',
      ),
    ],
    [
      'a list that a loop fills',
      {
        'roles/own/templates/x.conf.j2':
          'insecure_registries = [\n{% for each in mirrors %}\n"{{ each }}",\n{% endfor %}\n]\n',
      },
    ],
    [
      'a flag for whom a setting asks',
      withLine(
        'roles/download/defaults/main.yml',
        'extra_flags: ""',
        'extra_flags: "{% if docker_insecure_registries|length > 0 %}--insecure-registry{% endif %}"',
      ),
    ],
    ['tests', { 'tests/files/own.yml': 'download_validate_certs: false\n' }],
    ['documents', { 'docs/own.md': 'Set `validate_certs: no`, or use `curl -k`.\n' }],
  ])('%s', (_, change) => {
    expect(off(change)).toEqual([])
  })

  test('a checksum that somebody compares is one', () => {
    const change = withLine(
      TASKS,
      '    path: /x\n',
      '    path: /x\n    get_checksum: no\n  register: seen\n- debug: msg={{ seen.stat.checksum }}\n',
    )
    expect(off(change)).toEqual([`${TASKS}:19 get_checksum`])
  })
})

test.each([
  ['api.insecure', false],
  ['server.insecure', false],
  ['insecure', true],
  ['registry.insecure', true],
  ['api-server-insecure-skip-tls-verify', true],
])(
  '`--%s=true` in a file of the fork’s own takes a check away: %s; it is called by no patch',
  (option, told) => {
    const file = 'apps/deploy.yml'
    const findings = auditOf({ ...CHECKING, [file]: `args:\n  - --${option}=true\n` }, ['amd64'], CHECKING)
    const ours = findings.filter((each) => each.code === 'verification-off' && each.file === file)
    expect(ours.map(({ message }) => message.split(' with ')[0])).toEqual(
      told ? ['A file of your own switches a check off'] : [],
    )
    const installed = `venv/lib/python3.12/site-packages/${file}`
    expect(off({ [installed]: `args:\n  - --${option}=true\n` })).toEqual([])
  },
)
