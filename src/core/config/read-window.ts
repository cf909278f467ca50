import * as z from 'zod'
import { nearest } from '../model/nearest.ts'

/*
 * When pull requests may be opened. The grammar is the part of Renovate's that people use; time zones are the runtime's own.
 */

/** Hours of days, in a time zone. */
export interface Schedule {
  /** As they are written; one of them is enough, and none is always. */
  readonly windows: readonly string[]
  /** By the name that the IANA database has for it. */
  readonly timeZone: string
}

/** Hours of days: from one to before the other, over midnight where it is the later one. */
interface Window {
  readonly from: number
  readonly to: number
  /** 0 is Sunday. */
  readonly days: ReadonlySet<number>
}

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']
const ALL = new Set(DAYS.keys())
const EVERY: Readonly<Record<string, ReadonlySet<number>>> = {
  day: ALL,
  weekday: new Set([1, 2, 3, 4, 5]),
  weekend: new Set([6, 0]),
}

/** Reads `before 5am`, `after 10pm and before 5am every weekday`, `on monday and friday`; `undefined` for anything else. */
export function readWindow(text: string): Window | undefined {
  const words = text
    .trim()
    .toLowerCase()
    .split(/[\s,]+/)
  const hours = { from: 0, to: 24 }
  let days: ReadonlySet<number> | undefined
  let isTold = false
  for (let at = 0; at < words.length; at++) {
    const [word = '', next = ''] = [words[at], words[at + 1]]
    if (word === 'and' && isTold) continue
    isTold = true
    if (word === 'after' || word === 'before') {
      const hour = readHour(next)
      const side = word === 'after' ? 'from' : 'to'
      if (hour === undefined || hours[side] !== (side === 'from' ? 0 : 24)) return undefined
      hours[side] = hour
      at++
    } else if (word === 'every') {
      if (days || !Object.hasOwn(EVERY, next)) return undefined
      days = EVERY[next]
      at++
    } else if (word === 'on') {
      const named = words.slice(at + 1).filter((each) => each !== 'and')
      const found = named.map((each) => DAYS.findIndex((day) => each === day || each === `${day}s`))
      if (days || found.length === 0 || found.includes(-1)) return undefined
      days = new Set(found)
      at = words.length
    } else return undefined
  }
  // Before midnight and after midnight are no hours; an hour that ends as it begins may be meant as any.
  const isHours = hours.from < 24 && hours.to > 0 && hours.from !== hours.to
  return isTold && words.at(-1) !== 'and' && isHours ? { ...hours, days: days ?? ALL } : undefined
}

function readHour(text: string): number | undefined {
  const [, twelve = '', half] = /^(\d{1,2})(?::00)?(am|pm)$/.exec(text) ?? []
  if (half !== undefined && Number(twelve) >= 1 && Number(twelve) <= 12)
    return (Number(twelve) % 12) + (half === 'pm' ? 12 : 0)
  const [, hour] = /^(\d{1,2}):00$/.exec(text) ?? []
  return hour !== undefined && Number(hour) <= 24 ? Number(hour) : undefined
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    // Offsets are zones to some versions of the runtime, and none to others.
    return /^[A-Za-z]/.test(name)
  } catch {
    return false
  }
}

/** Whether a pull request may be opened at a time, milliseconds since 1970. */
export function isOpenAt({ windows, timeZone }: Schedule, time: number): boolean {
  if (windows.length === 0) return true
  const { hour, day } = localTime(time, timeZone)
  return windows.some((text) => {
    const window = readWindow(text)
    if (!window?.days.has(day)) return false
    const { from, to } = window
    return from < to ? from <= hour && hour < to : from <= hour || hour < to
  })
}

/** The next time at which one may be opened, as the zone's clock shows it (`2026-11-30 22:00`); `undefined` where none comes within a week. */
export function nextOpening(schedule: Schedule, now: number): string | undefined {
  const first = Math.ceil(now / QUARTER) * QUARTER
  for (let time = first; time <= first + 8 * DAY; time += QUARTER)
    if (isOpenAt(schedule, time)) return localTime(time, schedule.timeZone).shown
  return undefined
}

/** No zone is apart from the others by less than that. */
const QUARTER = 15 * 60_000
const DAY = 24 * 3600_000

function localTime(
  time: number,
  timeZone: string,
): { readonly hour: number; readonly day: number; readonly shown: string } {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(time)
      .map(({ type, value }) => [type, value]),
  )
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? ''
  return {
    hour: Number(part('hour')),
    day: DAYS.indexOf(part('weekday').toLowerCase()),
    shown: `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}`,
  }
}

/** To make one takes longer than to use it. */
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    weekday: 'long',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  })
  formats.set(timeZone, made)
  return made
}

/** In the settings. */
export const windowSchema = z.string().refine((text) => readWindow(text) !== undefined, {
  error:
    'must be hours, days or both, such as `before 5am`, `after 10pm and before 5am`, `every weekend` or `before 4am on monday`',
})

export const timeZoneSchema = z.string().refine(isTimeZone, {
  error: ({ input }) => {
    const meant = nearest(String(input), Intl.supportedValuesOf('timeZone'))
    const hint = meant === undefined ? '' : ` (did you mean \`${meant}\`?)`
    return `must be a time zone such as \`Europe/Berlin\` or \`UTC\`${hint}`
  },
})
