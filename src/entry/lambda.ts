import type { LambdaContext, SqsAnswer, SqsEvent } from './lambda/http-event.ts'

/*
 * The three functions for AWS Lambda, one bundle. `receive` is loaded at once, the other two with their first call: the
 * one that answers webhooks must not wait for what the others need.
 */
export { receive } from './lambda/receive.ts'

export async function work(event: SqsEvent, context: LambdaContext): Promise<SqsAnswer> {
  const lambda = await import('./lambda/work.ts')
  return lambda.work(event, context)
}

export async function sweep(): Promise<{ readonly repositories: number }> {
  const lambda = await import('./lambda/work.ts')
  return lambda.sweep()
}
