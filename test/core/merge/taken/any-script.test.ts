import { describe, expect, test } from 'vitest'
import { carryStory } from '../../../support/carry.ts'

/** One remark in scripts that people write in. */
const REMARKS = [
  ['Latin', '# this is a remark of our own'],
  ['Chinese', '# 这里是我们自己的注释说明'],
  ['Japanese', '# ここは自分たちの注釈です'],
  ['Korean', '# 여기는 우리의 설명입니다'],
  ['Cyrillic', '# здесь наше собственное примечание'],
  ['Greek', '# εδώ είναι η δική μας σημείωση'],
  ['Arabic', '# هذه ملاحظتنا الخاصة'],
] as const

const ABOVE = ['a_setting: one', 'loader_wanted: true', 'loader_kept_here: yes-please']
const BELOW = ['b_setting: two', 'c_setting: three']

function text(...lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('')
}

async function carry(path: string, remark: string) {
  const carried = await carryStory({
    base: { [path]: text('a_setting: one', ...BELOW) },
    patch: { [path]: text(...ABOVE, remark, ...BELOW) },
    upstream: { 'Want the loader': { [path]: text(...ABOVE, ...BELOW) } },
  })
  return { verdict: carried.verdict, text: carried.text(path), leftOut: carried.file(path).leftOut }
}

describe.each(['group_vars/all.yml', 'scripts/run.sh', 'docs/notes.md', 'files/daemon.conf'])(
  'in %s',
  (path) => {
    const [[, latin], ...others] = REMARKS
    test.each(others)(
      'what comes of an own remark does not depend on its script: %s',
      async (_script, remark) => {
        const inLatin = JSON.stringify(await carry(path, latin))
        expect(inLatin).toContain(latin)
        expect(JSON.stringify(await carry(path, remark))).toBe(inLatin.replaceAll(latin, remark))
      },
    )
  },
)

test('a remark above which upstream took all is kept', async () => {
  for (const [, remark] of REMARKS) {
    const { verdict, text: kept } = await carry('group_vars/all.yml', remark)
    expect([verdict, kept]).toEqual(['adapted', text(...ABOVE, remark, ...BELOW)])
  }
})
