import { expect, test } from 'vitest'
import { markdown } from '../../../../src/core/explain/blocks/markdown.ts'
import { layoutPhrase } from '../../../../src/core/explain/layout-sentence.ts'
import { renderPlace } from '../../../../src/core/explain/sections/render-place.ts'
import type { Pin } from '../../../../src/core/layout/layout.ts'

const pin = (reaches: Pin['reaches'], file: string): Pin => ({
  file,
  line: 1,
  value: '',
  says: { kind: 'branch', branch: '' },
  reaches,
  start: 0,
  end: 0,
})

test('a place that named no release says so, and what is put in is shown without what joins it on', () => {
  const layout = { kind: 'pin', pins: [pin('collection', 'requirements.yml')] } as const
  const applied = { branch: 'main', onMerge: [], byHand: [] }
  const pins = [{ file: 'requirements.yml', line: 1, from: '', to: '\n    version: v2.31.0' }]
  const left = [{ file: 'README.md', line: 4, from: '', to: 'v2.31.0', why: 'readme' } as const]
  const text = markdown(renderPlace({ place: { layout, applied, move: { pins, left } } }))
  expect(text).toContain('| `requirements.yml:1` | no release | `version: v2.31.0` |')
  expect(text).toContain('`README.md:4` says no release (a document).')
})

test('places that reach Kubespray in different ways are told by the way', () => {
  const pins = [pin('image', 'Dockerfile'), pin('clone', 'up.sh'), pin('image', 'ci.yml')] as const
  expect(layoutPhrase({ kind: 'pin', pins })).toBe(
    'as an image (`Dockerfile:1` and `ci.yml:1`) and as a clone that a script makes (`up.sh:1`)',
  )
})
