import type { RefusalFacts } from './refusal-facts.ts'

/** A place in a file, both counted from 1. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** Something a person did or wrote that we cannot go on with: a stable code, one clear sentence, and where it stands. */
export interface Problem {
  readonly code: string
  /** One whole sentence: what is wrong and what to do. */
  readonly message: string
  readonly at?: Place
  /** What it is about, where another surface says it in other words. */
  readonly facts?: RefusalFacts
  /** Lines of the settings that would answer it, where something was found that they may say. */
  readonly settings?: readonly string[]
}

/** Thrown for what the user can mend; everything else that is thrown is a defect of ours. */
export class Refusal extends Error {
  readonly problems: readonly Problem[]

  constructor(problem: Problem | readonly Problem[]) {
    const problems = Array.isArray(problem) ? (problem as readonly Problem[]) : [problem as Problem]
    super(problems.map((each) => each.message).join('\n'))
    this.name = 'Refusal'
    this.problems = problems
  }
}
