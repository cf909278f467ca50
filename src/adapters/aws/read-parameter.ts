import { callAws, type AwsClient } from './aws-client.ts'

/**
 * Reads a secret from the Parameter Store. One of the Secrets Manager is read the same way, under the name
 * `/aws/reference/secretsmanager/<name>`.
 */
export async function readParameter(client: AwsClient, name: string): Promise<string> {
  const answer = await callAws<{ Parameter?: { Value?: string } }>(client, {
    service: 'ssm',
    target: 'AmazonSSM.GetParameter',
    json: '1.1',
    body: { Name: name, WithDecryption: true },
  })
  const value = answer.Parameter?.Value
  if (value === undefined) throw new Error(`the parameter ${name} has no value`)
  return value
}
