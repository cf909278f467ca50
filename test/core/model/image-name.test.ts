import { expect, test } from 'vitest'
import { readImageName } from '../../../src/core/model/image-name.ts'

const DIGEST = `sha256:${'0'.repeat(64)}`

test.each([
  ['nginx', 'docker.io', 'library/nginx', 'latest'],
  ['nginx:1.25-alpine', 'docker.io', 'library/nginx', '1.25-alpine'],
  ['docker.io/nginx:1', 'docker.io', 'library/nginx', '1'],
  ['flannel/flannel:v0.22.0', 'docker.io', 'flannel/flannel', 'v0.22.0'],
  ['quay.io/coreos/flannel:v0.10.0', 'quay.io', 'coreos/flannel', 'v0.10.0'],
  ['localhost/a:b', 'localhost', 'a', 'b'],
  ['registry.lan:5000/a/b/c', 'registry.lan:5000', 'a/b/c', 'latest'],
  [`quay.io/a/b@${DIGEST}`, 'quay.io', 'a/b', DIGEST],
  [`quay.io/a/b:v1@${DIGEST}`, 'quay.io', 'a/b', DIGEST],
  ['  nginx:1 ', 'docker.io', 'library/nginx', '1'],
])('%s is on %s, in %s, as %s', (text, registry, repository, reference) => {
  expect(readImageName(text)).toEqual({ registry, repository, reference })
})

test.each([
  '',
  ':v1',
  '{{ image }}:v1',
  'a b:v1',
  'UPPER/case:v1',
  'quay.io/a/../b:v1',
  'quay.io//b:v1',
  'quay.io/a:v1?x=y',
  'user@quay.io/a:v1',
  'quay.io/a@sha256:short',
  'quay.io/a@md5:00',
  'http://quay.io/a:v1',
])('“%s” is no name of an image', (text) => {
  expect(readImageName(text)).toBeUndefined()
})
