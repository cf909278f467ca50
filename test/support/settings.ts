import fc from 'fast-check'

/** A setting of a made-up variable file: `name: value`, a mapping, a list, or a task. Every name stands once. */
export interface Setting {
  readonly name: string
  readonly kind: 'value' | 'mapping' | 'list' | 'text'
  /** Of a `value` one, else as many as there are children, items or lines. */
  readonly values: readonly string[]
  readonly comment?: string
}

/** What one side does to a setting: at most one thing, so that a property can say what was touched. */
export type Deed =
  | { readonly do: 'keep' }
  | { readonly do: 'remove' }
  | { readonly do: 'change' | 'add' | 'comment' | 'insert'; readonly word: string }

/** A base and what each of several sides does to each of its settings. */
export interface World {
  readonly base: readonly Setting[]
  readonly sides: readonly (readonly Deed[])[]
}

/** A base of distinct settings, and sides that each do something to some of them; `alike` makes two sides agree now and then. */
export function worlds(sides: number): fc.Arbitrary<World> {
  const kinds = fc.array(fc.constantFrom<Setting['kind']>('value', 'value', 'mapping', 'list', 'text'), {
    minLength: 1,
    maxLength: 7,
  })
  return kinds.chain((all) =>
    fc.record({
      base: fc.constant(all.map(setting)),
      sides: fc.tuple(
        ...Array.from({ length: sides }, (_, side) =>
          fc.tuple(...all.map((_kind, at) => deed(`s${side}n${at}`))),
        ),
      ),
    }),
  )
}

function setting(kind: Setting['kind'], at: number): Setting {
  const count = kind === 'value' ? 1 : 3
  const values = Array.from({ length: count }, (_, line) => `word${at}x${line}`)
  return { name: `setting${at}`, kind, values, ...(at % 3 === 2 ? { comment: `about setting${at}` } : {}) }
}

function deed(own: string): fc.Arbitrary<Deed> {
  const word = fc.constantFrom(own, own, `shared${own.replace(/^s\dn/, '')}`)
  return fc.oneof(
    { weight: 5, arbitrary: fc.constant<Deed>({ do: 'keep' }) },
    { weight: 1, arbitrary: fc.constant<Deed>({ do: 'remove' }) },
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constantFrom('change' as const, 'add' as const, 'comment' as const, 'insert' as const),
        word,
      }),
    },
  )
}

/** The settings after one side's deeds. */
export function done(base: readonly Setting[], deeds: readonly Deed[]): readonly Setting[] {
  return base.flatMap((each, at) => {
    const deed = deeds[at]
    if (!deed || deed.do === 'keep') return [each]
    if (deed.do === 'remove') return []
    if (deed.do === 'insert') return [{ name: `new_${deed.word}`, kind: 'value', values: [deed.word] }, each]
    if (deed.do === 'comment') return [{ ...each, comment: `about ${deed.word}` }]
    if (deed.do === 'add' && each.kind !== 'value') return [{ ...each, values: [...each.values, deed.word] }]
    return [{ ...each, values: [deed.word, ...each.values.slice(1)] }]
  })
}

/** The settings as a YAML file. */
export function rendered(settings: readonly Setting[]): string {
  return settings.map(render).join('')
}

function render({ name, kind, values, comment }: Setting): string {
  const head = comment === undefined ? '' : `# ${comment}\n`
  if (kind === 'value') return `${head}${name}: ${values[0]}\n`
  if (kind === 'mapping')
    return `${head}${name}:\n${values.map((value, at) => `  ${name}_${at}: ${value}\n`).join('')}`
  if (kind === 'list') return `${head}${name}:\n${values.map((value) => `  - ${value}\n`).join('')}`
  return `${head}${name}: |\n${values.map((value) => `  ${value} of ${name}\n`).join('')}`
}
