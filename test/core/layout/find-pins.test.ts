import { describe, expect, test } from 'vitest'
import { findPins } from '../../../src/core/layout/find-pins.ts'

type Files = Readonly<Record<string, string>>
const SHA = '9991412b4597d6eaf37f86e5f20f9f903a731c08'
const URL = 'https://github.com/kubernetes-sigs/kubespray'
const IMAGE = 'quay.io/kubespray/kubespray'

/** `file:line value` of each, with why it is only told. */
function pinned(files: Files): readonly string[] {
  return findPins(new Map(Object.entries(files))).map(({ file, line, value, says, only, start, end }) => {
    expect(files[file]?.slice(start, end)).toBe(value)
    const shown = says.kind === 'variable' ? `(${says.name})` : value || '(none)'
    return `${file}:${line} ${shown}${only ? ` ${only}` : ''}`
  })
}

describe('a pin is found by its value and neighbourhood, whatever the variable is called', () => {
  test.each<[string, Files, readonly string[]]>([
    [
      'a collection, keys in any order',
      {
        'a/b/requirements.yaml': `collections:\n  - version: v2.28.0\n    type: git\n    name: ${URL}\n  - name: community.general\n    version: 2.5.0\n`,
      },
      ['a/b/requirements.yaml:2 v2.28.0'],
    ],
    [
      'a collection in one line',
      { 'requirements.yml': `collections:\n  - { name: "${URL}.git", type: git, version: "v2.28.0" }\n` },
      ['requirements.yml:2 v2.28.0'],
    ],
    [
      'a collection from Galaxy',
      { 'requirements.yml': 'collections:\n- name: kubernetes_sigs.kubespray\n  version: 2.28.0\n' },
      ['requirements.yml:3 2.28.0'],
    ],
    [
      'git+https with a comma',
      { 'r.sh': `ansible-galaxy collection install git+${URL}.git,v2.28.0\n` },
      ['r.sh:1 v2.28.0'],
    ],
    [
      'a raw URL in pip requirements',
      {
        'requirements.txt':
          '-r https://raw.githubusercontent.com/kubernetes-sigs/kubespray/v2.28.0/requirements.txt\n',
      },
      ['requirements.txt:1 v2.28.0'],
    ],
    ['FROM', { Dockerfile: `FROM ${IMAGE}:v2.28.0 AS base\n` }, ['Dockerfile:1 v2.28.0']],
    [
      'FROM a mirror with a port',
      { Dockerfile: 'FROM harbor.lan:5000/quay.io/kubespray/kubespray:v2.28.0\n' },
      ['Dockerfile:1 v2.28.0'],
    ],
    [
      'ARG above FROM, and its twin in a Makefile',
      {
        'k/Dockerfile': `ARG VERSION=v2.29.0\nFROM ${IMAGE}:\${VERSION}\n`,
        'k/Makefile':
          'VERSION := v2.29.0\nTAG := $(VERSION)\nb:\n\tdocker build --build-arg VERSION=$(VERSION) -t me/mine:$(TAG) .\n',
      },
      ['k/Dockerfile:1 v2.29.0', 'k/Makefile:1 v2.29.0'],
    ],
    [
      'Makefile ?=',
      { Makefile: `V ?= v2.30.0\nrun:\n\tdocker run ${IMAGE}:$(V) true\n` },
      ['Makefile:1 v2.30.0'],
    ],
    [
      'Makefile =, the image a variable too',
      { Makefile: `IMG = ${IMAGE}\nV = v2.30.0\nrun:\n\tdocker run $(IMG):$(V)\n` },
      ['Makefile:2 v2.30.0'],
    ],
    [
      '.env and compose',
      {
        '.env': 'IMAGE_TAG="v2.26.0"\n',
        'compose.yaml': `services:\n  k:\n    image: ${IMAGE}:\${IMAGE_TAG}\n`,
      },
      ['.env:1 v2.26.0'],
    ],
    [
      'compose with a fallback',
      { 'compose.yml': `services:\n  k:\n    image: "${IMAGE}:\${TAG:-v2.26.0}"\n` },
      ['compose.yml:3 v2.26.0'],
    ],
    [
      'a shell variable in quotes',
      { 'a.sh': `V="v2.24.1"\ndocker pull "${IMAGE}:$V"\n` },
      ['a.sh:1 v2.24.1'],
    ],
    [
      'a shell fallback without v',
      { 'a.sh': `V=\${V:-2.29.1}\ncurl -L ${URL}/archive/refs/tags/v\${V}.tar.gz\n` },
      ['a.sh:1 2.29.1'],
    ],
    [
      'a sourced file',
      {
        'conf/versions.sh': 'export VERSION=v2.28.0\n',
        'bin/up.sh': `. ../conf/versions.sh\ngit clone -b "$VERSION" ${URL}\n`,
      },
      ['conf/versions.sh:1 v2.28.0'],
    ],
    [
      'git clone --branch, over lines',
      { 'a.sh': `git clone --depth 1 \\\n  --branch v2.21.0 \\\n  ${URL}.git .k\n` },
      ['a.sh:2 v2.21.0'],
    ],
    [
      'ssh, old name',
      { 'a.sh': 'git clone -b v2.8.1 git@github.com:kubernetes-incubator/kubespray.git\n' },
      ['a.sh:1 v2.8.1'],
    ],
    [
      'clone, then checkout of a commit',
      { 'a.sh': `git clone ${URL}\ncd kubespray && git checkout ${SHA} # v2.29.0\n` },
      [`a.sh:2 ${SHA}`],
    ],
    [
      'git -C checkout tags/',
      { 'a.sh': `git clone ${URL} k\ngit -C k checkout tags/v2.28.0\n` },
      ['a.sh:2 tags/v2.28.0'],
    ],
    [
      'workflow env twice, and ARG without a value',
      {
        '.github/workflows/a.yml': 'env:\n  KUBESPRAY_VERSION: v2.21.0\n',
        '.github/workflows/b.yml': `env:\n  KUBESPRAY_VERSION: v2.21.0\njobs:\n  a:\n    steps:\n      - run: |\n          git clone ${URL}.git -b \${KUBESPRAY_VERSION} --depth=1\n`,
        Dockerfile: `ARG KUBESPRAY_VERSION\nFROM ${IMAGE}:\${KUBESPRAY_VERSION}\n`,
      },
      ['.github/workflows/a.yml:2 v2.21.0', '.github/workflows/b.yml:2 v2.21.0'],
    ],
    [
      'actions/checkout',
      {
        '.github/workflows/a.yml':
          'jobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n        with:\n          repository: kubernetes-sigs/kubespray\n          ref: v2.28.0\n          path: k\n',
      },
      ['.github/workflows/a.yml:7 v2.28.0'],
    ],
    [
      '.gitlab-ci.yml',
      { '.gitlab-ci.yml': `deploy:\n  image: ${IMAGE}:v2.28.0\n` },
      ['.gitlab-ci.yml:2 v2.28.0'],
    ],
    [
      'Justfile',
      { Justfile: `v := "v2.28.0"\nup:\n  docker run ${IMAGE}:{{v}} true\n` },
      ['Justfile:1 v2.28.0'],
    ],
    [
      'Taskfile',
      {
        'Taskfile.yml': `vars:\n  V: v2.28.0\ntasks:\n  up:\n    cmds:\n      - docker run ${IMAGE}:{{.V}} true\n`,
      },
      ['Taskfile.yml:2 v2.28.0'],
    ],
    [
      'Vagrantfile',
      { Vagrantfile: `V = "v2.28.0"\nconfig.vm.provision "shell", inline: "git clone -b #{V} ${URL}"\n` },
      ['Vagrantfile:1 v2.28.0'],
    ],
    ['Jenkinsfile', { Jenkinsfile: `git branch: 'v2.28.0', url: '${URL}.git'\n` }, ['Jenkinsfile:1 v2.28.0']],
    [
      'the git module of Ansible, through a default of a role',
      {
        'roles/k/tasks/main.yml': `- name: Get\n  ansible.builtin.git:\n    repo: ${URL}.git\n    dest: /opt/k\n    version: "{{ ks_ref }}"\n`,
        'roles/k/defaults/main.yml': 'ks_ref: v2.28.0\nkube_ref: v1.32.0\n',
      },
      ['roles/k/defaults/main.yml:1 v2.28.0'],
    ],
    [
      'a matrix and a page of the release that repeats it; the neighbour is another',
      {
        'm.yaml': `c:\n  kubernetes:\n    version: "1.34.3"\n    source: "${URL}/blob/v2.30.0/x.yml"\n  kubespray:\n    version: "v2.30.0"\n    source: "${URL}/releases/tag/v2.30.0"\n  etcd:\n    version: 3.5.0\n`,
      },
      ['m.yaml:6 v2.30.0', 'm.yaml:7 v2.30.0'],
    ],
    ['a variable below the URL', { 'v.env': `REPO=${URL}\nREF=v2.28.0\n` }, ['v.env:2 v2.28.0']],
    [
      "Renovate's comment",
      {
        Makefile:
          '# renovate: datasource=github-releases depName=kubernetes-sigs/kubespray\nFOO := v2.28.0\n',
      },
      ['Makefile:2 v2.28.0'],
    ],
    [
      'refs/tags/',
      {
        'requirements.yml': `collections:\n  - name: ${URL}\n    type: git\n    version: refs/tags/v2.28.0\n`,
      },
      ['requirements.yml:4 refs/tags/v2.28.0'],
    ],
    [
      'CRLF',
      { 'requirements.yml': `collections:\r\n  - name: ${URL}\r\n    type: git\r\n    version: v2.28.0\r\n` },
      ['requirements.yml:4 v2.28.0'],
    ],
  ])('%s', (_title, files, expected) => {
    expect(pinned(files)).toEqual(expected)
  })
})

describe('told and not edited', () => {
  test.each<[string, Files, readonly string[]]>([
    [
      'Terraform',
      {
        'main.tf': `variable "v" {\n  default = "v2.28.0"\n}\nresource "x" "y" {\n  command = "git clone -b \${var.v} ${URL}"\n}\n`,
      },
      ['main.tf:2 v2.28.0 terraform'],
    ],
    [
      'Go',
      { 'main.go': `const v = "v2.28.0"\nvar image = "${IMAGE}:" + v\n` },
      ['main.go:1 v2.28.0 source-code'],
    ],
    ['Python', { 'a.py': `IMAGE = "${IMAGE}:v2.28.0"\n` }, ['a.py:1 v2.28.0 source-code']],
    [
      'commented out, beside the same value',
      { Makefile: `a:\n\tdocker run ${IMAGE}:v2.28.1 x\n#\tdocker run ${IMAGE}:v2.28.1 y\n` },
      ['Makefile:2 v2.28.1', 'Makefile:3 v2.28.1 commented-out'],
    ],
    ['a README', { 'README.md': `\`git clone ${URL} --branch v2.28.0\`\n` }, ['README.md:1 v2.28.0 readme']],
    [
      'a fork of somebody',
      { 'a.sh': 'git clone -b v2.28.0 https://github.com/me/kubespray\n' },
      ['a.sh:1 v2.28.0 own-fork'],
    ],
  ])('%s', (_title, files, expected) => {
    expect(pinned(files)).toEqual(expected)
  })
})

describe('not pinned', () => {
  test.each<[string, Files, readonly string[]]>([
    ['a clone without a ref', { 'a.sh': `git clone ${URL}\n` }, ['a.sh:1 (none)']],
    [
      'a collection without a version',
      { 'requirements.yml': `collections:\n  - name: ${URL}\n    type: git\n` },
      ['requirements.yml:2 (none)'],
    ],
    ['an image without a tag', { Dockerfile: `FROM ${IMAGE}\n` }, ['Dockerfile:1 (none)']],
    [
      'master',
      { 'requirements.yml': `collections:\n  - name: ${URL}\n    type: git\n    version: master\n` },
      ['requirements.yml:4 master'],
    ],
    [
      'a release branch',
      { 'requirements.yml': `collections:\n  - name: ${URL}\n    type: git\n    version: release-2.27\n` },
      ['requirements.yml:4 release-2.27'],
    ],
    [
      'an archive of a branch',
      { 'a.sh': `curl -L ${URL}/archive/refs/heads/master.tar.gz\n` },
      ['a.sh:1 refs/heads/master'],
    ],
    [
      'a misspelt variable',
      { 'a.sh': `VERSION=v2.28.0\ngit clone -b $VERSOIN ${URL}\n` },
      ['a.sh:2 (VERSOIN)'],
    ],
  ])('%s', (_title, files, expected) => {
    expect(pinned(files)).toEqual(expected)
  })
})

describe('what is no pin', () => {
  test.each<[string, Files]>([
    ["the user's own image of that name", { build: 'image=ghcr.io/me/k8s.cicd/kubespray:v0.0.7\n' }],
    ['a folder of that name', { 'a.sh': 'docker run -v $PWD/kubespray/kubespray:/kubespray x:v2.28.0\n' }],
    [
      'a link to its documentation',
      { 'k8s.yml': `# ${URL}/blob/release-2.30/docs/CNI/cilium.md\nkube_version: v1.34.2\n` },
    ],
    [
      'a version of something else in the same file',
      { 'a.env': 'CONTAINERD_VERSION=v2.0.5\nKUBE_VERSION=v1.32.0\n' },
    ],
    ['a variable of that name that nothing uses', { 'a.env': 'KUBESPRAY_VERSION=v2.28.0\n' }],
    ['a document', { 'docs/up.md': `git clone -b v2.28.0 ${URL}\n` }],
    ['a playbook of the collection', { 'p.yml': '- import_playbook: kubernetes_sigs.kubespray.cluster\n' }],
  ])('%s', (_title, files) => {
    expect(pinned(files)).toEqual([])
  })
})

test('a variable that is set a thousand times through others that are: each place once', () => {
  const times = Array.from({ length: 1000 }, (_, at) => at)
  const steps = ['A=$B\n', 'B=$C\n', 'C=$A\n'].flatMap((line) => times.map(() => line))
  const text = `C=v2.28.0\n${steps.join('')}C=v2.29.0\ngit clone -b $A ${URL}\n`
  expect(pinned({ 'a.sh': text })).toEqual(['a.sh:1 v2.28.0', 'a.sh:3002 v2.29.0'])
})
