import { expect, test } from 'vitest'
import { findPins } from '../../../src/core/layout/find-pins.ts'

const URL = 'https://github.com/kubernetes-sigs/kubespray'
const OTHER = 'https://github.com/example/other'
const SHA = '9991412b4597d6eaf37f86e5f20f9f903a731c08'

/** `line value` of each; `(none)` where a version has yet to be written. */
const pinned = (file: string, text: string): readonly string[] =>
  findPins(new Map([[file, text]])).map(({ line, value }) => `${line} ${value || '(none)'}`)

test.each<[name: string, file: string, text: string, found: readonly string[]]>([
  [
    'JSON, one object of several in a line',
    'k.json',
    `{"k": {"url": "${URL}", "ref": "v2.28.0"}, "o": {"url": "${OTHER}", "ref": "v1.0.0"}}\n`,
    ['1 v2.28.0'],
  ],
  [
    'JSON, with an object before and one behind',
    'k.json',
    `{\n  "a": {"ref": "v1.0.0"},\n  "url": "${URL}",\n  "ref": "v2.28.0",\n  "b": {"ref": "v1.1.0"}\n}\n`,
    ['4 v2.28.0'],
  ],
  ['JSON, without its end', 'k.json', `{"url": "${URL}", "ref": "v1.0"\n`, []],
  [
    'a checkout of Jenkins',
    'Jenkinsfile',
    `checkout([$class: 'GitSCM', branches: [[name: 'v2.28.0']], userRemoteConfigs: [[url: '${URL}.git']]])\n`,
    ['1 v2.28.0'],
  ],
  [
    'a call over several lines',
    'Jenkinsfile',
    `git(\n  url: '${URL}.git',\n  branch: 'v2.28.0'\n)\ngit(\n  url: '${OTHER}.git',\n  branch: 'v1.0.0'\n)\n`,
    ['3 v2.28.0'],
  ],
  [
    'YAML in brackets over two lines',
    'k.yml',
    `x:\n  - { repo: "${URL}",\n      version: v2.28.0 }\n`,
    ['3 v2.28.0'],
  ],
  ['arguments as a list', 'k.yml', `command: ["git", "clone", "-b", "v2.28.0", "${URL}"]\n`, ['1 v2.28.0']],
  [
    'keys below a list of its own',
    'requirements.yml',
    `collections:\n- name: ${URL}\n  type: git\n  signatures:\n    - version: v9.9.9\n  # which\n\n  version: v2.28.0\n`,
    ['8 v2.28.0'],
  ],
  [
    'keys above a list of its own',
    'requirements.yml',
    `collections:\n- version: v2.28.0\n  signatures:\n    - name: x\n      version: v9.9.9\n  type: git\n  name: ${URL}\n- name: x.y\n  version: v1.0.0\n`,
    ['2 v2.28.0'],
  ],
  [
    'a task between two others',
    'tasks.yml',
    `- name: One\n  git:\n    repo: ${OTHER}\n    version: v1.0.0\n- name: Two\n  git:\n    repo: ${URL}\n    version: v2.28.0\n- name: Three\n  git:\n    repo: ${OTHER}\n    version: v1.1.0\n`,
    ['8 v2.28.0'],
  ],
  [
    'a role of Galaxy',
    'requirements.yml',
    `- src: ${URL}\n  version: v2.28.0\n- src: ${OTHER}\n  version: v1.0.0\n`,
    ['2 v2.28.0'],
  ],
  [
    'a role of Galaxy without a version',
    'requirements.yml',
    `- src: ${URL}\n- src: ${OTHER}\n  version: v1.0.0\n`,
    ['1 (none)'],
  ],
  [
    'keys with its name, beside those of others',
    'all.yml',
    `kube_version: v1.32.0\nkubespray_repo: ${URL}\nkubespray_version: v2.28.0\netcd_version: v3.5.0\n`,
    ['3 v2.28.0'],
  ],
  [
    'keys without its name, where one value alone is a release of its',
    'all.yml',
    `where: ${URL}\nfoo: v2.28.0\nbar: 3.5.0\n`,
    ['2 v2.28.0'],
  ],
  [
    'an option in the next line of folded words',
    'k.yml',
    `run: >-\n  git clone\n    --branch v2.28.0\n    ${URL}\n`,
    ['3 v2.28.0'],
  ],
  ['an option below the URL', 'a.sh', `git clone ${URL}\n  --branch v2.28.0\n`, ['2 v2.28.0']],
  [
    'a list below a command, which is none of its options',
    'k.yml',
    `run:\n  - git clone ${URL}\n  - echo --branch v1.0.0\n`,
    ['2 (none)'],
  ],
  ['a submodule of a branch', 'a.sh', `git submodule add -b release-2.27 ${URL} k\n`, ['1 release-2.27']],
  [
    'a checkout in the same line',
    'Dockerfile',
    `RUN git clone ${URL} && cd kubespray && git checkout v2.28.0\n`,
    ['1 v2.28.0'],
  ],
  [
    'two clones in a line',
    'a.sh',
    `git clone -b v1.0.0 ${OTHER}; git clone -b v2.28.0 ${URL}; git clone -b v1.1.0 ${OTHER}\n`,
    ['1 v2.28.0'],
  ],
  [
    'a checkout that is of the next clone',
    'a.sh',
    `git clone ${URL}\ngit clone ${OTHER}\ncd other && git checkout v1.9.0\n`,
    ['1 (none)'],
  ],
  ['a reset', 'a.sh', `git clone ${URL}\ngit reset --hard v2.28.0\n`, ['2 v2.28.0']],
  ['a switch', 'a.sh', `git clone ${URL}\ngit switch --detach v2.28.0\n`, ['2 v2.28.0']],
  [
    'a tag that is fetched',
    'a.sh',
    `git remote add origin ${URL}\ngit fetch --depth 1 origin tag v2.28.0\n`,
    ['2 v2.28.0'],
  ],
  [
    'a branch that is checked out',
    'a.sh',
    `git clone ${URL}\ncd kubespray\ngit checkout master\n`,
    ['3 master'],
  ],
  [
    'a branch that is checked out elsewhere',
    'a.sh',
    `git clone ${URL}\n\ncd ../mine\ngit checkout master\n`,
    ['1 (none)'],
  ],
  [
    'Renovate’s comment with a commit',
    'Makefile',
    `# renovate: datasource=git-refs depName=kubernetes-sigs/kubespray\nFOO := ${SHA}\n`,
    [`2 ${SHA}`],
  ],
  [
    'Renovate’s comment above something else',
    'Makefile',
    '# renovate: datasource=github-releases depName=kubernetes-sigs/kubespray\nFOO := bar\n',
    [],
  ],
  ['what pip takes from git', 'requirements.txt', `git+${URL}\n`, ['1 (none)']],
  ['what pip takes from git at a release', 'requirements.txt', `git+${URL}@v2.28.0\n`, ['1 v2.28.0']],
  ['a line with the only release', 'a.txt.sh', `fetch ${URL} v2.28.0 here\n`, ['1 v2.28.0']],
  ['a line with two releases, which may be either', 'a.sh', `fetch ${URL} v2.28.0 v2.27.0\n`, []],
  ['a variable above the URL', 'v.env', `REF=v2.28.0\nREPO=${URL}\nOTHER=v1.0.0\n`, ['1 v2.28.0']],
])('the version is the one that is meant: %s', (_, ...[file, text, found]) => {
  expect(pinned(file, text)).toEqual(found)
})

test.each<[file: string, text: string, wanted: string]>([
  ['a.sh', `git clone ${URL} k\n`, `git clone --branch v2.28.0 ${URL} k\n`],
  ['a.sh', `git submodule add ${URL} k\n`, `git submodule add --branch v2.28.0 ${URL} k\n`],
  ['requirements.txt', `git+${URL}\n`, `git+${URL}@v2.28.0\n`],
  [
    'requirements.yml',
    `collections:\n  - name: ${URL}\n    type: git\n`,
    `collections:\n  - name: ${URL}\n    version: v2.28.0\n    type: git\n`,
  ],
  [
    'requirements.yml',
    `- src: ${URL}\r\n  name: k\r\n`,
    `- src: ${URL}\r\n  version: v2.28.0\r\n  name: k\r\n`,
  ],
  [
    'tasks.yml',
    `- git:\n    repo: ${URL}\n    dest: /k\n`,
    `- git:\n    repo: ${URL}\n    version: v2.28.0\n    dest: /k\n`,
  ],
])('where none is written it is put where the tool looks for it: %s %j', (file, text, wanted) => {
  const [pin] = findPins(new Map([[file, text]]))
  if (!pin) throw new Error('no pin')
  expect(text.slice(0, pin.start) + (pin.before ?? '') + 'v2.28.0' + text.slice(pin.end)).toBe(wanted)
})
