import { describe, expect, it } from 'vitest'
import { inlineHtml } from '../../../src/core/explain/blocks/html.ts'
import { inlineMarkdown, markdown } from '../../../src/core/explain/blocks/markdown.ts'
import { terminal } from '../../../src/core/explain/blocks/terminal.ts'
import { html } from '../../../src/core/explain/blocks/html.ts'
import { list } from '../../../src/core/explain/blocks/block.ts'
import { anchor, code, flat, link, quoted, say } from '../../../src/core/explain/blocks/text.ts'
import {
  linkedCommit,
  linkedReference,
  ownCommit,
  ownFile,
  upstreamCompare,
  upstreamFile,
  upstreamPull,
  upstreamRelease,
} from '../../../src/core/explain/linked-reference.ts'
import type { Oid } from '../../../src/core/model/oid.ts'

const UPSTREAM = 'https://redirect.github.com/kubernetes-sigs/kubespray'
const COMMIT = 'e796f08180cc5e4b1f2e8a7a9cbb1c0f2f3d4e5a' as Oid

describe('addresses', () => {
  it.each([
    [upstreamPull(9530), `${UPSTREAM}/pull/9530`],
    [upstreamRelease('v2.31.0'), `${UPSTREAM}/releases/tag/v2.31.0`],
    [upstreamCompare('v2.30.0', COMMIT), `${UPSTREAM}/compare/v2.30.0...${COMMIT}`],
    [upstreamFile('v2.31.0', 'roles/a b/x.yml', 7), `${UPSTREAM}/blob/v2.31.0/roles/a%20b/x.yml#L7`],
    [
      ownFile('https://ghe.test/me/infra', { commit: COMMIT, path: 'a/#1.yml' }),
      `https://ghe.test/me/infra/blob/${COMMIT}/a/%231.yml`,
    ],
    [ownCommit('https://ghe.test/me/infra', COMMIT), `https://ghe.test/me/infra/commit/${COMMIT}`],
  ])('%s', (address, expected) => {
    expect(address).toBe(expected)
  })
})

describe('a reference of ours is a link that leaves no trace', () => {
  it.each([
    ['kubernetes/kubernetes#131007', ['https://redirect.github.com/kubernetes/kubernetes/pull/131007']],
    ['8bd5045ec, #12767', [`${UPSTREAM}/commit/8bd5045ec`, `${UPSTREAM}/pull/12767`]],
    ['plain since e796f0818, #9530', [`${UPSTREAM}/commit/e796f0818`, `${UPSTREAM}/pull/9530`]],
    ['CVE-2025-1974', ['https://www.cve.org/CVERecord?id=CVE-2025-1974']],
    ['https://github.com/a/b/issues/3', ['https://redirect.github.com/a/b/issues/3']],
    ['https://kubernetes.io/blog/x', ['https://kubernetes.io/blog/x']],
    ['roles/network_plugin/multus/x.yml', []],
    ['effaced and d3adbeefc, no commit of nine letters alone: effacedab', [`${UPSTREAM}/commit/d3adbeefc`]],
  ])('%s', (reference, addresses) => {
    const text = linkedReference(reference)
    expect(
      text.flatMap((piece) => (typeof piece !== 'string' && piece.kind === 'link' ? [piece.to] : [])),
    ).toEqual(addresses)
    expect(flat(text)).toBe(reference)
  })
})

describe('a link in each writer', () => {
  const text = say`${anchor('row-4')}see ${link('#patch-4', say`patch ${quoted('#4 <b>')}`)} and ${linkedCommit(COMMIT)}`

  it('is Markdown whose place is found under GitHub’s prefix', () => {
    expect(inlineMarkdown(text)).toBe(
      `<a name="row-4"></a>see [patch \\#\u200b4 \\<b\\>](#user-content-patch-4) and [\`e796f0818\`](${UPSTREAM}/commit/${COMMIT})`,
    )
  })

  it('is HTML', () => {
    expect(inlineHtml(text)).toBe(
      `<a id="row-4"></a>see <a href="#patch-4">patch #4 &lt;b&gt;</a> and <a href="${UPSTREAM}/commit/${COMMIT}"><code>e796f0818</code></a>`,
    )
  })

  it('is words in a terminal', () => {
    expect(flat(text)).toBe('see patch #4 <b> and `e796f0818`')
  })

  it('cannot be broken out of by its address', () => {
    expect(inlineMarkdown([link('https://x.test/a)b c<d', code('a'))])).toBe(
      '[`a`](https://x.test/a%29b%20c%3Cd)',
    )
  })

  it('stands in the title of a fold as HTML', () => {
    expect(markdown([{ kind: 'fold', summary: text, blocks: [] }])).toContain(
      '<summary><a name="row-4"></a>see <a href="#user-content-patch-4">patch #\u200b4 &lt;b&gt;</a>',
    )
  })
})

it('has boxes where something is to be done', () => {
  const tasks = [list([{ text: say`Settle it`, isTask: true }, say`Know it`])]
  expect(markdown(tasks)).toBe('- [ ] Settle it\n- Know it')
  expect(terminal(tasks)).toBe('  - [ ] Settle it\n  - Know it\n')
  expect(html(tasks, () => '')).toContain('<li><input type="checkbox" disabled> Settle it</li>')
})
