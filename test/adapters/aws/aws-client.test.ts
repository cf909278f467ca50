import { expect, test } from 'vitest'
import { signRequest } from '../../../src/adapters/aws/aws-client.ts'

test('signs as the example `post-vanilla` of AWS’s own test suite', () => {
  const headers = signRequest(
    {
      region: 'us-east-1',
      credentials: {
        accessKeyId: 'AKIDEXAMPLE',
        secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
      },
      now: () => new Date('2015-08-30T12:36:00Z'),
    },
    { service: 'service', url: new URL('https://example.amazonaws.com/'), headers: {}, body: '' },
  )
  expect(headers['authorization']).toBe(
    'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, ' +
      'Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
  )
})

test('a session’s token is signed with the rest', () => {
  const headers = signRequest(
    { region: 'eu-central-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c' } },
    { service: 'sqs', url: new URL('https://sqs.eu-central-1.amazonaws.com/'), headers: {}, body: '{}' },
  )
  expect(headers['x-amz-security-token']).toBe('c')
  expect(headers['authorization']).toContain('SignedHeaders=host;x-amz-date;x-amz-security-token')
})
