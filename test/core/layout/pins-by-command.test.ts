import { expect, test } from 'vitest'
import { findPins } from '../../../src/core/layout/find-pins.ts'

/** `file:line value` of each. */
function pinned(files: Readonly<Record<string, string>>): readonly string[] {
  return findPins(new Map(Object.entries(files))).map(
    ({ file, line, value, says }) => `${file}:${line} ${says.kind === 'variable' ? `(${says.name})` : value}`,
  )
}

const PIN = 'kubespray-pin:\n\tcd kubespray && git fetch --tags && git checkout $(KUBESPRAY_VERSION)\n'
const VARIABLES = '---\nkubespray_version: "v2.28.0"\nother: 1\n'

test.each<[string, string]>([
  ['grep of a file of variables', "$(shell grep 'kubespray_version' vars/all.yml | sed 's/.*: *//')"],
  ['a key that yq reads', '$(shell yq -r .kubespray_version vars/all.yml)'],
])('a version that a command reads is where the command finds it: %s', (_, value) => {
  const files = { Makefile: `KUBESPRAY_VERSION := ${value}\n${PIN}`, 'vars/all.yml': VARIABLES }
  expect(pinned(files)).toStrictEqual(['vars/all.yml:2 v2.28.0'])
})

test('a shell reads it the same way', () => {
  const script =
    'KUBESPRAY_VERSION="$(awk \'/kubespray_tag/ {print $2}\' vars/all.yml)"\ngit checkout "$KUBESPRAY_VERSION"\n'
  expect(pinned({ 'pin.sh': script, 'vars/all.yml': 'kubespray_tag: v2.28.0\n' })).toStrictEqual([
    'vars/all.yml:1 v2.28.0',
  ])
})

test('a word of an address is no variable', () => {
  const script =
    'KUBESPRAY_VERSION=$(curl -s https://api.github.com/repos/kubernetes-sigs/kubespray/releases/latest)\ngit checkout $KUBESPRAY_VERSION\n'
  expect(pinned({ 'pin.sh': script, 'vars/all.yml': 'kubespray: v2.28.0\n' })).not.toContain(
    'vars/all.yml:1 v2.28.0',
  )
})

test('a variable that reads itself comes to an end', () => {
  expect(
    pinned({ Makefile: `KUBESPRAY_VERSION := $(shell echo $$KUBESPRAY_VERSION)\n${PIN}` }),
  ).toStrictEqual(['Makefile:3 (KUBESPRAY_VERSION)'])
})
