import type { StepFinding } from '../app/findings-of.ts'
import { wrap } from './wrap.ts'

/** Findings, each behind its place. */
export function findingLines(findings: readonly StepFinding[]): readonly string[] {
  return findings.flatMap(({ severity, file, line, message }) => {
    const place = file === undefined ? '' : `${file}:${line ?? 1}: `
    return wrap(`${severity}: ${place}${message}`, '  ')
  })
}
