import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { namesKnown } from '../../../../src/core/merge/taken/names-known.ts'
import { namesIn } from '../../../../src/core/merge/spelled.ts'
import { bagOf } from '../../../../src/core/merge/line-bag.ts'

const piece = fc.constantFrom(
  ...['vhost.password', '--with-this', '/etc/that/one', '${HOME_DIR}', 'is_atomic', 'k8s.io/role', 'kube_'],
  ...['a', ' ', ': ', '"', '{{ ', ' }}', '=', '[', ',', 'x_y_z', 'beta.kubernetes.io/os'],
)
const line = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''))

describe('namesKnown', () => {
  it('finds a name in a longer word, and no name that stands nowhere', () => {
    const isKnown = namesKnown([bagOf(['my_flannel_version: 1']), bagOf(['- --with-this=1'])])
    expect(['flannel_version', '--with-this', 'calico_version'].map(isKnown)).toEqual([true, true, false])
  })

  it('answers as a search of the whole text does', () => {
    fc.assert(
      fc.property(fc.array(line), fc.array(line), line, (one, other, asked) => {
        const isKnown = namesKnown([bagOf(one), bagOf(other)])
        const text = [...one, ...other].join('\n')
        for (const name of namesIn(asked)) expect(isKnown(name)).toBe(text.includes(name))
      }),
    )
  })
})
