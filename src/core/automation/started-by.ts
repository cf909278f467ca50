import type { HowApplied } from './how-applied.ts'
import { takesName } from './takes-name.ts'

/** What a merge sets off that changes these files and no others. */
export function startedBy(applied: HowApplied, paths: readonly string[]): HowApplied {
  const onMerge = applied.onMerge.filter(({ by, only, except }) => {
    if (by === 'schedule') return false
    if (only) return paths.some((path) => takesName(only, path))
    return !except || !paths.every((path) => takesName(except, path))
  })
  return { ...applied, onMerge: onMerge.map(({ only: _, except: __, ...call }) => call) }
}
