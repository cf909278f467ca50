import type { YamlScalar } from './node.ts'

/**
 * What a scalar means to Ansible, which reads YAML 1.1 as PyYAML does: `yes` is true, `010` is eight, `1:30` is ninety.
 * Quoted and block scalars are strings, `!!str` makes one, and so do dates: whatever uses one prints it again.
 */
export function resolveScalar(scalar: YamlScalar): string | number | boolean | null {
  const isPlain = scalar.style === 'plain' || scalar.style === 'empty'
  if (scalar.tag === '!!str' || scalar.tag === '!' || (!isPlain && scalar.tag === undefined))
    return scalar.content
  return resolvePlain(scalar.content)
}

/** What a text means when it stands in YAML without quotes. */
export function resolvePlain(text: string): string | number | boolean | null {
  if (/^(?:~|null|Null|NULL|)$/.test(text)) return null
  if (/^(?:yes|Yes|YES|true|True|TRUE|on|On|ON)$/.test(text)) return true
  if (/^(?:no|No|NO|false|False|FALSE|off|Off|OFF)$/.test(text)) return false
  if (!/^[-+.\d]/.test(text)) return text
  return readInteger(text) ?? readFloat(text) ?? text
}

/** The forms of PyYAML's `yaml.resolver`, https://github.com/yaml/pyyaml/blob/6.0/lib/yaml/resolver.py */
const INTEGER = /^([-+]?)(0b[01_]+|0x[\da-fA-F_]+|0[0-7_]+|0|[1-9][\d_]*)$/
const SIXTIES = /^([-+]?)([1-9][\d_]*(?::[0-5]?\d)+)$/
const FLOAT = /^(?:[-+]?\d[\d_]*\.[\d_]*(?:[eE][-+]\d+)?|\.\d[\d_]*(?:[eE][-+]\d+)?)$/

function readInteger(text: string): number | undefined {
  const sixties = SIXTIES.exec(text)
  if (sixties) {
    let value = 0
    for (const part of (sixties[2] as string).split(':'))
      value = value * 60 + Number(part.replaceAll('_', ''))
    return sixties[1] === '-' ? -value : value
  }
  const match = INTEGER.exec(text)
  if (!match) return undefined
  const digits = (match[2] as string).replaceAll('_', '')
  const value = /^0[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number(digits)
  return match[1] === '-' ? -value : value
}

function readFloat(text: string): number | undefined {
  if (/^[-+]?\.(?:inf|Inf|INF)$/.test(text)) return text.startsWith('-') ? -Infinity : Infinity
  if (/^\.(?:nan|NaN|NAN)$/.test(text)) return Number.NaN
  return FLOAT.test(text) ? Number(text.replaceAll('_', '')) : undefined
}
