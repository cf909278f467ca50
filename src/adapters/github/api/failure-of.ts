import { Refusal } from '../../../core/model/problem.ts'
import type { Unclear } from '../../../core/model/unclear.ts'
import { TryLater } from '../../../ports/try-later.ts'
import { meaningOf, type FailedAnswer } from './meaning-of.ts'

/**
 * GitHub said no in a way that its caller may know what to do about (there is no such thing, somebody was faster). Whoever does not
 * know tries again later: it is no defect of ours that GitHub has words we never read.
 */
export class GitHubFailure extends TryLater {
  readonly status: number

  constructor(status: number, message: string, { notBefore, unclear }: Delay) {
    super(message, notBefore, unclear)
    this.name = 'GitHubFailure'
    this.status = status
  }
}

interface Delay {
  readonly notBefore: number
  readonly unclear: Unclear
}

/** Too much for one question. Whoever can ask for less does; whoever cannot tries again later. */
export class AskLess extends TryLater {
  /** Whether GitHub has counted; else it ran out of time, which may be its own. */
  readonly certain: boolean

  constructor(message: string, { notBefore, unclear, certain }: Delay & { readonly certain: boolean }) {
    super(message, notBefore, unclear)
    this.name = 'AskLess'
    this.certain = certain
  }
}

/** Where GitHub names no time; it asks for a minute at least. */
export const A_MINUTE = 60_000

/** What a failed answer is to whoever asked: `TryLater` where time mends it, a `Refusal` where a person can. */
export function failureOf(answer: FailedAnswer, now: number): Error {
  const meaning = meaningOf(answer, now)
  const { status, message, details = '', asked } = answer
  const said = `${status}: ${message}${details === '' ? '' : ` ${details}`}`
  switch (meaning.kind) {
    case 'wait':
      return new TryLater(
        `GitHub asks for patience (${said})`,
        now + meaning.seconds * 1000,
        isTroubled(answer) ? { kind: 'unread', asked, said } : undefined,
      )
    case 'ask-less':
      return new AskLess(`That was too much for one question (${said})`, {
        notBefore: now + A_MINUTE,
        certain: meaning.certain,
        unclear: { kind: 'too-much', asked, said },
      })
    case 'refused':
      return new Refusal(meaning.problem)
    case 'gone':
    case 'slower':
      return new GitHubFailure(
        status,
        `${asked}: ${status} ${message}${details === '' ? '' : ` ${details}`}`,
        {
          notBefore: now + A_MINUTE,
          unclear: { kind: meaning.kind === 'gone' ? 'absent' : 'not-understood', asked, said },
        },
      )
  }
}

/** GitHub or the way to it is in trouble, and nobody names a time. */
function isTroubled({ status, headers }: FailedAnswer): boolean {
  return (status >= 500 || status === 0) && headers['retry-after'] === undefined
}

/** An answer that came and cannot be read is none: nothing is known by it, nor that there is nothing. */
export function unread(asked: string, now: number): TryLater {
  const said = 'what came is not a whole answer'
  return new TryLater(`${asked}: ${said}`, now + A_MINUTE, { kind: 'unread', asked, said })
}
