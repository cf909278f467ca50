import { expect, it } from 'vitest'
import { webAddress } from '../../../../src/adapters/github/api/web-address.ts'

it.each([
  ['https://api.github.com', 'https://github.com'],
  ['https://api.octocorp.ghe.com', 'https://octocorp.ghe.com'],
  ['https://git.example.org/api/v3', 'https://git.example.org'],
  ['https://api.example.org/api/v3', 'https://api.example.org'],
  ['http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
])('%s is read at %s', (api, web) => {
  expect(webAddress(api)).toBe(web)
})
