/**
 * The lines of a file, counted from 1, that name a version of Kubernetes: the number alone may be of anything, so a word beside it or in the
 * two lines above has to say what it is of.
 */
export function linesNaming(text: string, version: string): readonly number[] {
  if (!text.includes(version)) return []
  const named = new RegExp(String.raw`(?<![\w.-])v?${version.replaceAll('.', String.raw`\.`)}(?![\w-]|\.\d)`)
  const lines = text.split('\n')
  return lines.flatMap((line, index) => {
    if (!named.test(line.slice(0, LONGEST))) return []
    const around = lines.slice(Math.max(0, index - 2), index + 1)
    return around.some((each) => /kube|k8s/i.test(each.slice(0, LONGEST))) ? [index + 1] : []
  })
}

const LONGEST = 2000
