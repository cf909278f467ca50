import { generateKeyPairSync } from 'node:crypto'

/** A private key as GitHub gives one to an App. */
export function testKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
  })
  return privateKey.trim()
}
