/** The fields we read of what Lambda hands a function; AWS's own names. */

/**
 * What comes over HTTP: API Gateway's HTTP API and function URLs (payload format 2.0, names of headers in small letters), and its REST API
 * (format 1.0, names as they were sent, each with all its values as well).
 */
export interface HttpEvent {
  readonly version?: string
  readonly headers?: Readonly<Record<string, string | undefined>> | null
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[] | undefined>> | null
  readonly body?: string | null
  readonly isBase64Encoded?: boolean
  /** Format 1.0. */
  readonly httpMethod?: string
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
