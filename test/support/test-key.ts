import { generateKeyPairSync } from 'node:crypto'

let made: string | undefined

/** A private key as GitHub gives one to an App, the same for all tests of a process: making one takes a tenth of a second. */
export function testKey(): string {
  made ??= newKey()
  return made
}

function newKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
  })
  return privateKey.trim()
}
