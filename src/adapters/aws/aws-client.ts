import { createHash, createHmac } from 'node:crypto'
import http from 'node:http'
import https from 'node:https'
import { defined } from '../../core/model/defined.ts'

interface AwsCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string | undefined
}

export interface AwsClient {
  readonly region: string
  readonly credentials: AwsCredentials
  /** Where the service is, for tests; by default AWS's own address for the region. */
  readonly endpoint?: string
  readonly now?: () => Date
}

interface AwsCall {
  /** The service's name in addresses and signatures: `sqs`, `ssm`. */
  readonly service: string
  /** `AmazonSQS.SendMessage` */
  readonly target: string
  /** The version of AWS's JSON protocol the service speaks. */
  readonly json: '1.0' | '1.1'
  readonly body: unknown
}

/** What a Lambda function finds in its environment. */
export function awsFromEnv(env: Readonly<Record<string, string | undefined>>): AwsClient {
  const { AWS_REGION: region, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = env
  if (!region || !accessKeyId || !secretAccessKey)
    throw new Error(
      'AWS_REGION, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set: is this a Lambda function?',
    )
  const endpoint = env['AWS_ENDPOINT_URL']
  const credentials = { accessKeyId, secretAccessKey, sessionToken: env['AWS_SESSION_TOKEN'] }
  return { region, credentials, ...defined({ endpoint: endpoint || undefined }) }
}

/**
 * Calls a service of AWS over its JSON protocol. Three operations do not pay for the SDK, which alone takes longer to
 * load than a webhook may wait.
 */
export async function callAws<T>(client: AwsClient, call: AwsCall): Promise<T> {
  const url = new URL(client.endpoint ?? `https://${call.service}.${client.region}.amazonaws.com/`)
  const body = JSON.stringify(call.body)
  const headers = {
    'content-type': `application/x-amz-json-${call.json}`,
    'x-amz-target': call.target,
  }
  const signed = signRequest(client, { service: call.service, url, headers, body })
  const { status, text } = await post(url, signed, body)
  if (status >= 200 && status < 300) return JSON.parse(text) as T
  throw new AwsRefusal(call.target, status, text)
}

/** What AWS answered instead of doing it. */
class AwsRefusal extends Error {
  /** Whether the same may be taken a moment later. */
  readonly isPassing: boolean

  constructor(target: string, status: number, text: string) {
    super(`AWS refused ${target} with ${status}: ${text.slice(0, 300)}`)
    this.name = 'AwsRefusal'
    this.isPassing = status >= 500 || status === 429 || isThrottle(/"__type"\s*:\s*"([^"]*)"/.exec(text)?.[1])
  }
}

/** AWS has many words for “too much at once”, most of them with status 400. */
export function isThrottle(code: string | undefined): boolean {
  return code !== undefined && /throttl|toomanyrequests|requestlimitexceeded|overlimit/i.test(code)
}

/** Whether what failed may go well a moment later: AWS is busy, or a connection broke. */
export function isPassing(error: unknown): boolean {
  return !(error instanceof AwsRefusal) || error.isPassing
}

/** Longer than any answer takes, shorter than GitHub waits for ours. */
const TIMEOUT = 5000

/** Connections are what many requests cost, and a function may open 1,024 files. They are kept for what follows. */
const AGENT = { keepAlive: true, maxSockets: 8 }
const AGENTS = { 'http:': new http.Agent(AGENT), 'https:': new https.Agent(AGENT) }

/** Not `fetch`: loading it costs a cold start 60 ms, measured with the bundle on one core. */
function post(
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const [send, agent] =
      url.protocol === 'http:' ? [http.request, AGENTS['http:']] : [https.request, AGENTS['https:']]
    const sending = send(url, { method: 'POST', headers, agent, timeout: TIMEOUT }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('error', reject)
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(parts).toString() }),
      )
    })
    sending.on('timeout', () => sending.destroy(new Error(`AWS did not answer within ${TIMEOUT} ms`)))
    sending.on('error', reject)
    sending.end(body)
  })
}

interface Signable {
  readonly service: string
  readonly url: URL
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** The headers of a POST with its signature, after AWS's "Signature Version 4". */
export function signRequest(
  { region, credentials, now = () => new Date() }: AwsClient,
  { service, url, headers, body }: Signable,
): Readonly<Record<string, string>> {
  const time = now()
    .toISOString()
    .replace(/[-:]|\.\d+/g, '')
  const all: Record<string, string> = { ...headers, host: url.host, 'x-amz-date': time }
  if (credentials.sessionToken) all['x-amz-security-token'] = credentials.sessionToken
  const names = Object.keys(all).sort()
  const canonical = [
    'POST',
    url.pathname,
    url.search.slice(1),
    ...names.map((name) => `${name}:${(all[name] as string).trim()}`),
    '',
    names.join(';'),
    sha256(body),
  ].join('\n')
  const day = time.slice(0, 8)
  const scope = `${day}/${region}/${service}/aws4_request`
  const key = [day, region, service, 'aws4_request'].reduce<string | Buffer>(
    (secret, part) => hmac(secret, part),
    `AWS4${credentials.secretAccessKey}`,
  )
  const signature = hmac(key, ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n')).toString('hex')
  const { host, ...rest } = all
  return {
    ...rest,
    authorization: `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
