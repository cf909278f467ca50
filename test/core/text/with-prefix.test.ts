import { expect, test } from 'vitest'
import { withPrefix } from '../../../src/core/text/with-prefix.ts'

test.each([
  ['Move to Kubespray v2.31.0\n\nText', undefined, 'Move to Kubespray v2.31.0\n\nText'],
  ['Move to Kubespray v2.31.0\n\nText', 'chore(deps):', 'chore(deps): move to Kubespray v2.31.0\n\nText'],
  ['Move to v2', '[infra]', '[infra] Move to v2'],
  ['NTP is set', 'chore:', 'chore: NTP is set'],
  ['v2.9.0 again', 'chore:', 'chore: v2.9.0 again'],
  ['chore: move to v2', 'chore:', 'chore: move to v2'],
])('%j behind %j', (text, prefix, expected) => {
  expect(withPrefix(text, prefix)).toBe(expected)
})
