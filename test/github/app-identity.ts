import { createPublicKey, generateKeyPairSync, verify, type KeyObject } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { oncePerRun } from '../support/once-per-run.ts'
import type { Level } from './world.ts'

/** The App as it is registered: its manifest is the project's own `app.yml`. */
export interface AppIdentity {
  readonly id: number
  readonly slug: string
  readonly privateKey: string
  readonly publicKey: KeyObject
  readonly webhookSecret: string
  readonly permissions: Readonly<Record<string, Level>>
  readonly events: readonly string[]
}

interface Manifest {
  readonly default_permissions: Record<string, Level>
  readonly default_events: string[]
}

const MANIFEST = join(import.meta.dirname, '../../app.yml')

/** One key for the whole run: making one takes longer than most tests. */
const keyFile = await oncePerRun('app-key', async (folder) => {
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  writeFileSync(join(folder, 'key.pem'), privateKey)
})
const privateKey = readFileSync(join(keyFile, 'key.pem'), 'utf8')

export function registeredApp(): AppIdentity {
  const manifest = parse(readFileSync(MANIFEST, 'utf8')) as Manifest
  return {
    id: 4242,
    slug: 'kubespray-multiarch',
    privateKey,
    publicKey: createPublicKey(privateKey),
    webhookSecret: 'a secret of the tests',
    permissions: { metadata: 'read', ...manifest.default_permissions },
    events: manifest.default_events,
  }
}

/** Why a JSON Web Token does not show that the App itself is asking, in GitHub's words; `undefined` when it does. */
export function wrongWithToken(app: AppIdentity, token: string, now: number): string | undefined {
  const [head, payload, signature] = token.split('.')
  if (!head || !payload || !signature) return 'A JSON web token could not be decoded'
  const isSigned = verify(
    'RSA-SHA256',
    Buffer.from(`${head}.${payload}`),
    app.publicKey,
    Buffer.from(signature, 'base64url'),
  )
  if (!isSigned) return 'A JSON web token could not be decoded'
  const { iss, iat, exp } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as {
    iss?: string | number
    iat?: number
    exp?: number
  }
  if (String(iss) !== String(app.id)) return "'Issuer' claim ('iss') must be an Integer"
  const seconds = now / 1000
  if (typeof iat !== 'number' || iat > seconds + 60)
    return "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued"
  if (typeof exp !== 'number' || exp < seconds)
    return "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires"
  if (exp > seconds + 660) return "'Expiration time' claim ('exp') is too far in the future"
  return undefined
}
