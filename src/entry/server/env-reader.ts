import type { Problem } from '../../core/model/problem.ts'

export type Env = Readonly<Record<string, string | undefined>>

/**
 * The one reader of the environment. An empty variable counts as unset, and blanks around a value as none: Compose, Kubernetes and GitHub
 * hand on what nobody filled in.
 */
export class EnvReader {
  readonly #env: Env
  readonly #problems: Problem[]

  constructor(env: Env, problems: Problem[] = []) {
    this.#env = env
    this.#problems = problems
  }

  /** The value, where one is set. */
  text(name: string): string | undefined {
    const value = this.#env[name]?.trim()
    return value === '' ? undefined : value
  }

  number(
    name: string,
    { least, most, otherwise }: { least: number; most: number; otherwise: number },
  ): number {
    const text = this.text(name)
    if (text === undefined) return otherwise
    const value = Number(text)
    if (/^\d+$/.test(text) && value >= least && value <= most) return value
    this.problem(name, `\`${name}\` is \`${text}\`; it must be a whole number from ${least} to ${most}.`)
    return otherwise
  }

  yes(name: string): boolean {
    const text = this.text(name)
    if (text === undefined || text === 'false') return false
    if (text === 'true') return true
    this.problem(name, `\`${name}\` is \`${text}\`; it must be \`true\` or \`false\`.`)
    return true
  }

  /** The value is not shown: such an URL may hold a password. */
  url(name: string, protocols: readonly string[]): string | undefined {
    const text = this.text(name)
    if (text === undefined) return undefined
    if (URL.canParse(text) && protocols.includes(new URL(text).protocol)) return text
    this.problem(
      name,
      `\`${name}\` is no URL that begins with ${protocols.map((each) => `\`${each}//\``).join(' or ')}.`,
    )
    return undefined
  }

  problem(name: string, message: string): undefined {
    this.#problems.push({ code: `env-${name.toLowerCase().replaceAll('_', '-')}`, message })
  }
}
