import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { readEnv } from '../src/entry/server/read-env.ts'
import { testKey } from './support/test-key.ts'

const DEPLOY = join(import.meta.dirname, '../deploy')
const text = (file: string): string => readFileSync(join(DEPLOY, file), 'utf8')

describe('each role is told the secrets that it needs, and no other', () => {
  test('by what it reads', () => {
    const all = { APP_ID: '1', PRIVATE_KEY: testKey(), WEBHOOK_SECRET: 'x', REDIS_URL: 'redis://localhost' }
    expect(readEnv(all, 'work').webhookSecret).toBeUndefined()
    expect(readEnv(all, 'sweep').webhookSecret).toBeUndefined()
    expect(readEnv(all, 'receive').app).toBeUndefined()
    const { WEBHOOK_SECRET: _, ...without } = all
    expect(() => readEnv(without, 'work')).not.toThrow()
    expect(() => readEnv(without, 'serve')).toThrow('WEBHOOK_SECRET')
  })

  test('on a cluster', () => {
    interface Container {
      readonly args?: readonly string[]
      readonly envFrom?: unknown
      readonly env?: readonly { readonly name: string }[]
    }
    interface Deployment {
      readonly kind: string
      readonly spec: { readonly template: { readonly spec: { readonly containers: readonly Container[] } } }
    }
    const documents = parseAllDocuments(text('kubernetes/multiarch.yaml')).map(
      (each) => each.toJS() as Deployment,
    )
    const containers = documents
      .filter(({ kind }) => kind === 'Deployment')
      .flatMap(({ spec }) => spec.template.spec.containers)
    const worker = containers.find(({ args }) => args?.includes('worker'))
    expect(worker?.envFrom).toBeUndefined()
    expect(worker?.env?.map(({ name }) => name)).toEqual([
      'APP_ID',
      'PRIVATE_KEY',
      'REDIS_URL',
      'GRACE_SECONDS',
      'METRICS_PORT',
    ])
  })

  test('with Compose', () => {
    const { services } = parse(text('compose.yaml'), { merge: true }) as {
      readonly services: Readonly<Record<string, { readonly environment?: Readonly<Record<string, string>> }>>
    }
    expect(services['worker']?.environment?.['WEBHOOK_SECRET']).toBe('')
    expect(services['app']?.environment?.['WEBHOOK_SECRET']).toBeUndefined()
  })

  test('on AWS', () => {
    const functions = text('aws/template.yaml').split(/^ {2}(?=\w+:$)/m)
    const of = (name: string): string => functions.find((each) => each.startsWith(`${name}:\n`)) ?? ''
    expect(of('Receive')).toContain('WebhookSecretParameter')
    expect(of('Receive')).not.toMatch(/PrivateKey|private-key/)
    for (const name of ['Work', 'Sweep']) {
      expect(of(name)).toContain('PrivateKeyParameter')
      expect(of(name)).not.toMatch(/WebhookSecret|webhook-secret/)
    }
  })
})
