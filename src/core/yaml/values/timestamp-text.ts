/**
 * A timestamp of YAML as Python prints it: `2001-12-14t21:59:43.10-05:00` is `2001-12-14 21:59:43.100000-05:00`. `undefined`
 * for a day or an hour that no calendar has.
 */
export function timestampText(text: string): string | undefined {
  const part = FORM.exec(text)?.groups
  if (!part) return undefined
  const [year, month, day] = [Number(part['year']), Number(part['month']), Number(part['day'])]
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) return undefined
  const date = [pad(year, 4), pad(month), pad(day)].join('-')
  if (part['hour'] === undefined) return date
  const time = [part['hour'], part['minute'], part['second']].map(Number)
  if (time.some((each, index) => each > (index === 0 ? 23 : 59))) return undefined
  const zone = zoneText(part)
  if (zone === undefined) return undefined
  const fraction = (part['fraction'] ?? '').slice(0, 6).padEnd(6, '0')
  return `${date} ${time.map((each) => pad(each)).join(':')}${fraction === '000000' ? '' : `.${fraction}`}${zone}`
}

const FORM =
  /^(?<year>\d{4})-(?<month>\d\d?)-(?<day>\d\d?)(?:(?:[Tt]|[ \t]+)(?<hour>\d\d?):(?<minute>\d\d):(?<second>\d\d)(?:\.(?<fraction>\d*))?(?:[ \t]*(?<zone>Z|(?<sign>[-+])(?<zoneHour>\d\d?)(?::(?<zoneMinute>\d\d))?))?)?$/

/** Empty where there is none; `undefined` for a whole day and more, which Python has no zone for. */
function zoneText(part: Readonly<Record<string, string | undefined>>): string | undefined {
  if (part['zone'] === undefined) return ''
  const minutes = Number(part['zoneHour'] ?? 0) * 60 + Number(part['zoneMinute'] ?? 0)
  if (minutes >= 24 * 60) return undefined
  const sign = part['sign'] === '-' && minutes > 0 ? '-' : '+'
  return `${sign}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`
}

function daysOf(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] as number
}

function pad(value: number, width = 2): string {
  return String(value).padStart(width, '0')
}
