import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse, type ScalarTag } from 'yaml'

const TEXT = readFileSync(join(import.meta.dirname, '../deploy/aws/template.yaml'), 'utf8')

interface Resource {
  readonly Type: string
  readonly Properties: Readonly<Record<string, unknown>>
}

/** CloudFormation's own tags are read as what they are given. */
const TAGS: ScalarTag[] = ['!Ref', '!GetAtt', '!Sub'].map((tag) => ({
  tag,
  resolve: (text: string) => `${tag} ${text}`,
}))
const LISTS = ['!If', '!Equals', '!Not'].map((tag) => ({ tag, collection: 'seq' as const }))
const TEMPLATE = parse(TEXT, { customTags: [...TAGS, ...LISTS] }) as {
  readonly Globals: { readonly Function: { readonly LoggingConfig: object } }
  readonly Resources: Readonly<Record<string, Resource>>
}
const ofType = (type: string) => Object.entries(TEMPLATE.Resources).filter(([, { Type }]) => Type === type)

test('an error of each function that nobody else would hear of is an alarm', () => {
  const watched = ofType('AWS::CloudWatch::Alarm').map(([, { Properties }]) => {
    const { Namespace, MetricName, Dimensions, AlarmActions } = Properties
    expect(JSON.stringify(AlarmActions)).toContain('!Ref Alarms')
    const [{ Value } = { Value: '' }] = Dimensions as readonly { readonly Value: string }[]
    return `${String(Namespace)} ${String(MetricName)} ${Value}`
  })
  expect(watched.toSorted()).toEqual([
    'AWS/ApiGateway 5xx !Ref Api',
    'AWS/Lambda Errors !Ref Receive',
    'AWS/Lambda Errors !Ref Sweep',
    'AWS/SQS ApproximateAgeOfOldestMessage !GetAtt Jobs.QueueName',
    'AWS/SQS ApproximateNumberOfMessagesVisible !GetAtt GivenUp.QueueName',
  ])
})

test('what each alarm means stands in the documents', () => {
  const operations = readFileSync(join(import.meta.dirname, '../docs/operations.md'), 'utf8')
  for (const [name] of ofType('AWS::CloudWatch::Alarm')) expect(operations).toContain(`\`${name}\``)
})

test('logs are kept for a while and not for ever', () => {
  expect(TEMPLATE.Globals.Function.LoggingConfig).toEqual({ LogFormat: 'Text', LogGroup: '!Ref Logs' })
  expect(ofType('AWS::Logs::LogGroup').map(([, { Properties }]) => Properties['RetentionInDays'])).toEqual([
    '!Ref LogDays',
  ])
})
