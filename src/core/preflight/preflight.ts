import { plainOf, type Audited } from '../audit/audited.ts'
import type { Found } from '../audit/finding.ts'
import { printedScalar } from '../catalogue/jinja/value.ts'
import { readAccepted } from '../catalogue/value-checks.ts'
import type { Setting } from '../inventory/setting.ts'
import { defined } from '../model/defined.ts'
import { runChecks, type Checked, type FailureOn } from './run-checks.ts'

/** The release's own checks that would stop the play with these settings, each at the setting that decides it. */
export function preflight(source: Audited): readonly Found[] {
  return runChecks(source).flatMap((checked) =>
    checked.failures.map((failure) => foundOf(checked, failure, source)),
  )
}

function foundOf({ path, line: start, name }: Checked, failure: FailureOn, source: Audited): Found {
  const line = lineOfCondition(source.text(path) ?? '', start, failure.conditions[0])
  const { conditions, message, reads, hosts, architectures } = failure
  const setting = decidingOf(reads, source)
  const everywhere = architectures.length === source.architectures.length
  return {
    code: 'release-check',
    severity: 'error',
    file: setting?.at.file ?? path,
    line: setting?.at.line ?? line,
    subject: setting?.name ?? reads[0] ?? name ?? path,
    architectures: everywhere ? [] : architectures,
    checkedIn: path,
    facts: {
      kind: 'release-check',
      path,
      line,
      conditions,
      hosts: everyHost(hosts, source) ? [] : hosts,
      ...defined({
        name,
        message,
        setting: setting && toldOf(setting),
        accepted: acceptedIn(conditions, setting),
      }),
    },
  }
}

/** The line of a condition below the one where its task begins, both counted from 1. */
function lineOfCondition(text: string, start: number, condition: string | undefined): number {
  const below = text.split('\n').slice(start)
  const at = condition === undefined ? -1 : below.findIndex((line) => line.includes(condition))
  return at < 0 || at > LONGEST_TASK ? start : start + at + 1
}

/** The longest assert of 67 releases has 25 lines. */
const LONGEST_TASK = 40

/** The first of the variables, by how near it is to the check, that the inventory sets. */
function decidingOf(reads: readonly string[], { settings }: Audited): Setting | undefined {
  for (const name of reads) {
    const setting = settings?.named.get(name)?.at(-1)
    if (setting) return setting
  }
  return undefined
}

function everyHost(hosts: readonly string[], { settings }: Audited): boolean {
  return hosts.length === 0 || hosts.length >= new Set([...(settings?.hosts.values() ?? [])].flat()).size
}

function toldOf({ name, value, nature }: Setting): { readonly name: string; readonly value?: string } {
  const text = nature === 'plain' ? printedValue(value) : undefined
  const isShort = text !== undefined && text.length <= LONGEST_VALUE && !SECRET.test(name)
  return { name, ...defined({ value: isShort ? text : undefined }) }
}

function printedValue(value: Setting['value']): string | undefined {
  const plain = plainOf(value)
  return typeof plain === 'boolean' ? String(plain) : printedScalar(plain)
}

/** Longer values tell a reader nothing, and names like these hold what is nobody else's business. */
const LONGEST_VALUE = 60
const SECRET = /pass|secret|token|key|credential|cert/i

/** What a check takes for the variable, where it lists that. */
function acceptedIn(
  conditions: readonly string[],
  setting: Setting | undefined,
): readonly string[] | undefined {
  const lists = conditions.map(readAccepted).filter((each) => each !== undefined)
  return lists.find(({ variable }) => variable === setting?.name)?.accepts
}
