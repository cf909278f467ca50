/** Thrown for what time mends: a rate limit, an outage, a replica that lags. The job is to be done again, no sooner than this. */
export class Later extends Error {
  readonly seconds: number

  constructor(message: string, seconds: number) {
    super(message)
    this.name = 'Later'
    this.seconds = seconds
  }
}
