import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findPins } from '../../../src/core/layout/find-pins.ts'
import type { Gitlink, Pin } from '../../../src/core/layout/layout.ts'
import {
  isMoved,
  moveGitmodulesBranch,
  movePins,
  namesOtherBranch,
} from '../../../src/core/layout/move-pins.ts'
import { readGitmodules } from '../../../src/core/layout/read-gitmodules.ts'
import type { Oid } from '../../../src/core/model/oid.ts'
import type { ReleaseTag } from '../../../src/core/model/release-tag.ts'
import { runs } from '../../support/fast-check.ts'

const URL = 'https://github.com/kubernetes-sigs/kubespray'
const IMAGE = 'quay.io/kubespray/kubespray'
const OLD = 'a'.repeat(40)
const NEW = 'b'.repeat(40) as Oid
const digestOf = (digits: string): string => `sha256:${digits.repeat(32)}`

/** A file of each form; `@V` stands for the tag, `@B` for the bare version, `@C` for the commit, `@D` for the digest. */
const FORMS: readonly (readonly [file: string, text: string])[] = [
  ['requirements.yml', `collections:\n  - name: ${URL}\n    type: git\n    version: @V # keep\n`],
  ['requirements.yml', `collections:\n  - version: "@B"\n    type: git\n    name: ${URL}\n`],
  ['requirements.yml', `collections:\n  - name: ${URL}\n    type: git\n    version: refs/tags/@V\n`],
  ['requirements.yml', `collections:\n  - name: ${URL}\n    type: git\n    version: @C # @V\n`],
  ['requirements.yml', `collections:\n  - { name: '${URL}', type: git, version: '@V' }\n`],
  ['requirements.yml', `collections:\n  - name: git+${URL}.git,@V\n`],
  [
    'requirements.txt',
    `-r https://raw.githubusercontent.com/kubernetes-sigs/kubespray/@V/requirements.txt\n`,
  ],
  ['Dockerfile', `FROM ${IMAGE}:@V@@D AS base\n`],
  ['Dockerfile', `ARG V=@V\nFROM ${IMAGE}:\${V}\n`],
  ['Makefile', `V := @V\nrun:\n\tdocker run ${IMAGE}:$(V) a\n\tdocker run ${IMAGE}:@V b\n`],
  ['Makefile', `V ?= @V\nrun:\n\tdocker run ${IMAGE}:$(V)\n`],
  ['up.sh', `V=\${V:-@B}\ncurl -L ${URL}/archive/refs/tags/v\${V}.tar.gz\n`],
  ['up.sh', `git clone -b @V ${URL}.git\n`],
  ['up.sh', `git clone --depth 1 \\\n  --branch=@V \\\n  ${URL} k\n`],
  ['up.sh', `git clone ${URL}\ncd kubespray && git checkout @C # @V\n`],
  ['up.sh', `export V='@V'\ndocker pull "${IMAGE}:$V"\n`],
  ['compose.yml', `services:\n  k:\n    image: "${IMAGE}:\${TAG:-@V}"\n`],
  ['.gitlab-ci.yml', `deploy:\n  image: ${IMAGE}:@V@@D\n`],
  [
    '.github/workflows/a.yml',
    `env:\n  V: @V\njobs:\n  a:\n    steps:\n      - run: git clone ${URL} -b \${{ env.V }}\n`,
  ],
  ['Justfile', `v := "@V"\nup:\n  docker run ${IMAGE}:{{v}} true\n`],
  ['matrix.yaml', `kubespray:\n  version: "@V"\n  source: "${URL}/releases/tag/@V"\n`],
]

interface Goal {
  readonly tag: string
  readonly commit: string
  readonly digest: string
}

function filled(text: string, { tag, commit, digest }: Goal): string {
  return text
    .replaceAll('@@D', `@${digest}`)
    .replaceAll('@V', tag)
    .replaceAll('@B', tag.slice(1))
    .replaceAll('@C', commit)
}

const version = fc
  .tuple(fc.integer({ min: 8, max: 40 }), fc.integer({ min: 0, max: 12 }))
  .map(([minor, patch]) => `v2.${minor}.${patch}` as ReleaseTag)

/** Lines of other people's files, none of which speaks of Kubespray. */
const noise = fc.array(
  fc.constantFrom(
    '# etcd v3.5.0, and 2.28.0 of something',
    'OTHER=v1.2.3',
    'kube_version: v1.32.5',
    'RUN curl https://example.org/v2.28.0/a.tar.gz',
    'key: "värde ☂"',
    '',
    '  nested: 2.0.5',
    '\tdocker run alpine:3.20',
  ),
  { maxLength: 5 },
)

test('moving a pin changes its bytes and no other, in every form, in files of any kind', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...FORMS),
      version,
      version,
      fc.tuple(noise, noise, fc.boolean(), fc.boolean()),
      ([file, form], from, to, [above, below, isCrlf, endsInNewline]) => {
        const whole = (goal: Goal): string => {
          const text = [...above, '', filled(form, goal), ...below].join('\n').replace(/\n*$/, '')
          const ended = endsInNewline ? `${text}\n` : text
          return isCrlf ? ended.replaceAll('\n', '\r\n') : ended
        }
        const text = whole({ tag: from, commit: OLD, digest: digestOf('ab') })
        const pins = findPins(new Map([[file, text]]))
        const moved = movePins(text, pins, { release: to, commit: NEW, digest: digestOf('cd') })
        expect(moved).toEqual({
          kind: 'moved',
          text: whole({ tag: to, commit: NEW, digest: digestOf('cd') }),
        })
        if (moved.kind !== 'moved') return
        const again = findPins(new Map([[file, moved.text]]))
        expect(again).toHaveLength(pins.length)
        for (const { says, comment } of again)
          if (says.kind === 'commit') expect([says.commit, comment?.value]).toEqual([NEW, to])
          else expect(says).toEqual({ kind: 'release', release: to })
      },
    ),
    runs(300),
  )
})

const GOAL = { release: 'v2.29.0' as ReleaseTag }

function movedIn(file: string, text: string): string {
  const moved = movePins(text, findPins(new Map([[file, text]])), GOAL)
  if (moved.kind !== 'moved') throw new Error(`${moved.missing} is missing`)
  return moved.text
}

describe('what was not pinned is pinned in place', () => {
  test.each([
    ['up.sh', `git clone ${URL}\n`, `git clone --branch v2.29.0 ${URL}\n`],
    ['Dockerfile', `FROM ${IMAGE} AS a\n`, `FROM ${IMAGE}:v2.29.0 AS a\n`],
    ['Dockerfile', `FROM ${IMAGE}:latest\n`, `FROM ${IMAGE}:v2.29.0\n`],
    [
      'requirements.yml',
      `collections:\r\n  - name: ${URL}\r\n    type: git\r\n`,
      `collections:\r\n  - name: ${URL}\r\n    version: v2.29.0\r\n    type: git\r\n`,
    ],
    [
      'requirements.yml',
      `- name: ${URL}\n  type: git\n  version: release-2.27\n`,
      `- name: ${URL}\n  type: git\n  version: v2.29.0\n`,
    ],
    [
      'up.sh',
      `curl ${URL}/archive/refs/heads/master.tar.gz\n`,
      `curl ${URL}/archive/refs/tags/v2.29.0.tar.gz\n`,
    ],
    ['up.sh', `V=master\ncurl ${URL}/archive/v$V.zip\n`, `V=2.29.0\ncurl ${URL}/archive/v$V.zip\n`],
  ])('%s %s', (file, text, expected) => {
    expect(movedIn(file, text)).toBe(expected)
  })
})

test('what is only told stays: comments, Terraform, source code, variables', () => {
  for (const [file, text] of [
    ['Makefile', `#\tdocker run ${IMAGE}:v2.28.1\n`],
    ['main.tf', `x = "${IMAGE}:v2.28.1"\n`],
    ['main.go', `var x = "${IMAGE}:v2.28.1"\n`],
    ['up.sh', `git clone -b $NOWHERE ${URL}\n`],
  ] as const) {
    const pins: readonly Pin[] = findPins(new Map([[file, text]]))
    expect(pins).toHaveLength(1)
    expect(pins.some(isMoved)).toBe(false)
    expect(movedIn(file, text)).toBe(text)
  }
})

test('a digest, and a commit, are not left beside another tag', () => {
  const image = `FROM ${IMAGE}:v2.28.0@${digestOf('ab')}\n`
  expect(movePins(image, findPins(new Map([['Dockerfile', image]])), GOAL)).toMatchObject({
    missing: 'digest',
  })
  const clone = `git clone ${URL} k && git -C k checkout ${OLD} # v2.28.0\n`
  expect(movePins(clone, findPins(new Map([['up.sh', clone]])), GOAL)).toMatchObject({ missing: 'commit' })
})

describe('the branch of .gitmodules', () => {
  const text = `[submodule "k"]\n\tpath = deps/k\n\turl = ${URL}.git\n\tbranch = "release-2.28" ; ours\n`
  const branch = readGitmodules(text)[0]?.branch
  const gitlink: Gitlink = {
    path: 'deps/k',
    commit: OLD as Oid,
    ...(branch && { branch: { file: '.gitmodules', ...branch } }),
  }
  test('moves where it was in step', () => {
    expect(
      moveGitmodulesBranch(text, gitlink, { from: 'v2.28.1' as ReleaseTag, to: 'v2.29.0' as ReleaseTag }),
    ).toBe(text.replace('release-2.28', 'release-2.29'))
  })
  test.each([
    ['v2.28.1', 'v2.29.0', false],
    ['v2.27.0', 'v2.28.0', false],
    ['v2.29.1', 'v2.30.0', true],
  ])('from %s to %s it is another release’s: %s', (from, to, isOther) => {
    expect(namesOtherBranch(gitlink, { from: from as ReleaseTag, to: to as ReleaseTag })).toBe(isOther)
  })
  test.each(['master', 'our-release-2.20', undefined])('%s is no release’s branch', (value) => {
    const { branch: _, ...bare } = gitlink
    const named =
      branch && value !== undefined ? { ...bare, branch: { ...branch, file: '.gitmodules', value } } : bare
    expect(namesOtherBranch(named, { from: 'v2.28.1' as ReleaseTag, to: 'v2.29.0' as ReleaseTag })).toBe(
      false,
    )
  })
  test('stays where it was stale', () => {
    expect(
      moveGitmodulesBranch(text, gitlink, { from: 'v2.29.1' as ReleaseTag, to: 'v2.30.0' as ReleaseTag }),
    ).toBe(text)
  })
})

test('a digest behind the tag, and the release in a comment behind a commit, are part of the pin', () => {
  const [image] = findPins(new Map([['Dockerfile', `FROM ${IMAGE}:v2.28.0@${digestOf('ab')}\n`]]))
  expect(image).toMatchObject({ value: 'v2.28.0', digest: { value: digestOf('ab') } })
  const [commit] = findPins(
    new Map([
      ['requirements.yml', `collections:\n- name: ${URL}\n  type: git\n  version: ${OLD} # v2.29.0\n`],
    ]),
  )
  expect(commit).toMatchObject({ value: OLD, comment: { value: 'v2.29.0' }, reaches: 'collection' })
})
