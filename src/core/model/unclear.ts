/** What was said in place of an answer, as facts. The words are anybody's: a path may stand in them, or a name that somebody gave. */
export interface Unclear {
  /** `not-understood`: a no in words that nobody knew. `absent`: what was needed is not there. `too-much`: for one question. `unread`: no whole answer came. */
  readonly kind: 'not-understood' | 'absent' | 'too-much' | 'unread'
  /** What was asked for: `POST /repos/{owner}/{repo}/git/trees`. */
  readonly asked: string
  readonly said: string
}
