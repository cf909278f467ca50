import { auditOf, SMALL, type Files } from './audited.ts'

/** A release that checks, in each of the ways that releases have. */
export const CHECKING: Files = {
  ...SMALL,
  'ansible.cfg': '[defaults]\nhost_key_checking=True\n[ssh_connection]\nssh_args = -o ControlMaster=auto\n',
  'roles/download/defaults/main.yml': `${SMALL['roles/download/defaults/main.yml'] ?? ''}
download_validate_certs: true
repo_gpgkey: https://example.org/key.gpg
mirrors:
  - host: https://registry.example.org
    skip_verify: false
registry_options: ""
docker_insecure_registries: []
extra_flags: ""
node_tls: "{{ node_tls_wanted }}"
node_tls_wanted: true
repo_url: https://example.org/repo
port_insecure_port: 0
`,
  'roles/download/tasks/main.yml': `- name: Fetch it
  get_url:
    url: "{{ repo_url }}"
    checksum: "sha256:{{ sum }}"
    validate_certs: "{{ download_validate_certs }}"
- name: Ask for it
  uri:
    url: https://example.org/health
    validate_certs: no
- name: Add the repository
  yum_repository:
    name: x
    gpgcheck: "{{ 'yes' if repo_gpgkey else 'no' }}"
- name: Run it
  shell: curl -sSL {{ extra_flags }} https://example.org/install.sh | sh
- name: Look at it
  stat:
    path: /x
- name: Mirrors
  template: src=hosts.toml.j2
  loop: "{{ mirrors }}"
`,
  'roles/download/templates/hosts.toml.j2': `server = "{{ registry_options }}"
skip_verify = {{ mirror.skip_verify | default('false') | lower }}
{% if not node_tls %}
args = --insecure-skip-tls-verify
{% endif %}
{% for each in docker_insecure_registries %}--insecure-registry={{ each }}{% endfor %}
`,
  'scripts/fetch.sh': '#!/bin/sh\ncurl -sSL https://example.org/x | tar xz\npip install x\n',
}

export const INVENTORY = 'inventory/mine/inventory.ini'
export const HOSTS = { [INVENTORY]: '[kube_node]\nnode1\n' }

/** What is told of checks: the lines, the option, and whose doing it is. */
export function off(change: Files): readonly string[] {
  return auditOf({ ...CHECKING, ...change }, ['amd64', 'arm64'], CHECKING)
    .filter(({ code }) => code === 'verification-off')
    .map(({ file, line, subject }) => `${file}:${line} ${subject}`)
}

export function withLine(path: string, from: string, to: string): Files {
  const text = CHECKING[path] ?? ''
  if (!text.includes(from)) throw new Error(`${path} holds no ${from}`)
  return { [path]: text.replace(from, to) }
}
