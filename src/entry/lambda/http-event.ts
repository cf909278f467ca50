/** The fields we read of what Lambda hands a function; AWS's own names. */

/** API Gateway's HTTP API and function URLs, payload format 2.0. */
export interface HttpEvent {
  readonly version?: string
  /** Lower-case names. */
  readonly headers?: Readonly<Record<string, string | undefined>>
  readonly body?: string
  readonly isBase64Encoded?: boolean
  readonly requestContext?: { readonly http?: { readonly method?: string } }
}

export interface HttpAnswer {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface SqsEvent {
  readonly Records: readonly SqsRecord[]
}

export interface SqsRecord {
  readonly messageId: string
  readonly receiptHandle: string
  readonly body: string
  readonly attributes: {
    readonly ApproximateReceiveCount: string
    readonly MessageGroupId?: string
  }
}

/** Which messages go back to the queue; the others are done. */
export interface SqsAnswer {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[]
}

export interface LambdaContext {
  readonly awsRequestId: string
  getRemainingTimeInMillis(): number
}
