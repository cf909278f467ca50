import { expect, test } from 'vitest'
import { linesNaming } from '../../../src/core/automation/lines-naming.ts'

test.each<[string, string, readonly number[]]>([
  ['a variable', 'KUBE_VERSION ?= v1.30.4\n', [1]],
  ['a default below the name', "string(\n  name: 'kube_version',\n  defaultValue: 'v1.30.4'\n", [3]],
  ['a sentence that ends with it', 'Kubernetes is 1.30.4.\n', [1]],
  ['a default of a shell’s', 'KUBE="${KUBE:-v1.30.4}"\n', [1]],
  ['CRLF', 'k8s: 1.30.4\r\nx: 1\r\n', [1]],
  [
    'another version that holds it',
    'kube: 1.30.40\nkube: 11.30.4\nkube: 1.30.4.1\nkube: 1.30.4-rc.1\nkube-1.30.4\n',
    [],
  ],
  ['the same number of something else', 'calico: v1.30.4\n', []],
  ['a word far above', 'kube: true\n\n\n\nx: 1.30.4\n', []],
])('%s', (_title, text, expected) => {
  expect(linesNaming(text, '1.30.4', /kube|k8s/i)).toEqual(expected)
})
