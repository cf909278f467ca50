import { expect, test } from 'vitest'
import { onboarded, type AppStory } from '../support/app-story.ts'

const BRANCH = 'multiarch/kubespray-2.9.0'
const DASHBOARD = 'roles/kubernetes-apps/ansible/templates/dashboard.yml.j2'

const START = 'Start it with make, from the bastion only.'
const LAPTOP = 'Start it with make, from the bastion or a laptop.'
const RELEASE = 'Needs Ansible 2.7 and Python on the machine you start from, and SSH to all others.'

type Story = AppStory & { readonly number: number; tell(this: void, body: string): Promise<string> }

/** Patches 7 and 8 change a line of the README that the release changed, 9 deletes a file that the release changed. */
async function inConflict(): Promise<Story> {
  const story = await onboarded(undefined, { releases: ['v2.8.0', 'v2.9.0'], before: collide })
  const { number, title } = await story.pull(BRANCH)
  expect(title).toBe('Upgrade Kubespray from v2.8.0 to v2.9.0: 3 conflicts to settle')
  return { ...story, number, tell: (body) => story.say('ada', number, body) }
}

async function collide(story: Pick<AppStory, 'push' | 'file'>): Promise<void> {
  const own = story.file('main', 'README.md').split('\n').slice(0, -1).join('\n')
  await story.push('main', { 'README.md': `${own}\n${START}\n` }, { message: 'Say where to start' })
  await story.push('main', { 'README.md': `${own}\n${LAPTOP}\n` }, { message: 'A laptop will do' })
  await story.push('main', { [DASHBOARD]: undefined }, { message: 'Do without a dashboard' })
}

test('mine: a commit puts the patch’s side in, what waited for it follows, and the second conflict stays open', async () => {
  const { tell, pull, check, file, log, git } = await inConflict()
  const answer = await tell('/multiarch take 7 mine')
  expect(answer).toContain('Where they collided, `README.md` now has what “Say where to start” wants.')
  expect(answer).toContain(
    `The release’s lines that are not in \`README.md\` so:\n\n\`\`\`\n${RELEASE}\n\`\`\``,
  )
  expect(answer).toContain('“A laptop will do” waited for that and merges by itself now')
  expect(answer).toContain('Something is left for you to settle')
  expect(file(BRANCH, 'README.md')).toContain(LAPTOP)
  expect(file(BRANCH, 'README.md')).not.toContain(RELEASE)
  expect(log('-1', BRANCH)[0]).toContain(
    'ada kubespray-multiarch Settle “Say where to start” as the patch has it',
  )
  expect(git('log', '-1', '--format=%B', BRANCH)).toMatch(
    /Multiarch-Settled: mine [0-9a-f]{16} [0-9a-f]{40} README.md/,
  )
  const after = await pull(BRANCH)
  expect(after).toMatchObject({
    draft: true,
    title: 'Upgrade Kubespray from v2.8.0 to v2.9.0: 1 conflict to settle',
  })
  expect(after.body).toContain('You asked for the patch’s side')
  expect(await check(BRANCH)).toMatchObject({ state: 'failure', title: '1 conflict to settle' })
})

test('what cannot be had is refused and changes nothing; the other side settles it, and the draft is one no more', async () => {
  const { tell, pull, check, tipOf, merge, file, dashboard, git } = await inConflict()
  const before = tipOf(BRANCH)
  expect(await tell('/multiarch take 9 both')).toBe(
    `I cannot take \`both\`, so I changed nothing. One of the two has no file \`${DASHBOARD}\`, so there is nothing to put beside the other’s. \`mine\` or \`upstream\` can be taken instead, or it is settled by hand.`,
  )
  expect(tipOf(BRANCH)).toBe(before)
  expect(await tell('/multiarch take 9 mine\n/multiarch take 7 both')).toContain('Nothing is left to settle.')
  expect(file(BRANCH, 'README.md')).toContain(`${RELEASE}\n`)
  expect(file(BRANCH, 'README.md')).toContain(LAPTOP)
  expect(git('ls-tree', '--name-only', BRANCH, DASHBOARD)).toBe('')
  expect(await pull(BRANCH)).toMatchObject({ draft: false, title: 'Upgrade Kubespray from v2.8.0 to v2.9.0' })
  expect(await check(BRANCH)).toMatchObject({ state: 'success' })
  await merge(BRANCH)
  expect(await dashboard()).toContain('up to date')
})

test('upstream changes no file and is settled all the same, through a rebase, with a person’s commits on top', async () => {
  const { tell, pull, push, settle, file, log, tipOf } = await inConflict()
  expect(await tell('/multiarch take 7 upstream')).toContain('has what the release has')
  const mine = await push(BRANCH, { 'notes.md': 'Mine.\n' }, { message: 'Take notes' })
  await settle()
  expect(await tell('/multiarch take 9 upstream')).toContain('stays as the release has it')
  expect(await tell('/multiarch take 8 upstream')).toContain('Nothing is left to settle.')
  expect(log('-5', BRANCH).join('\n')).toContain('Ada Ada Take notes')
  await push('main', { 'inventory/homelab/notes.md': 'Two boards.\n' }, { message: 'Take more notes' })
  await settle()
  expect(await tell('/multiarch rebase')).toContain(
    'The 4 commits that you added are on top of it, as before.',
  )
  expect(tipOf(BRANCH)).not.toBe(mine)
  expect(file(BRANCH, 'README.md')).toContain(RELEASE)
  expect(file(BRANCH, 'notes.md')).toBe('Mine.')
  expect(file(BRANCH, 'inventory/homelab/notes.md')).toBe('Two boards.')
  expect(await pull(BRANCH)).toMatchObject({ draft: false, title: 'Upgrade Kubespray from v2.8.0 to v2.9.0' })
  expect(await tell('/multiarch recreate')).toContain('These commits are on the branch no more')
  // What was settled is remembered, whoever's commits are gone.
  expect((await pull(BRANCH)).body).toContain('As you settled it at `v2.9.0`')
})

test('said twice it changes nothing, and the other side can be taken later', async () => {
  const { tell, pull, file, tipOf } = await inConflict()
  await tell('/multiarch take 7 README.md mine')
  const tip = tipOf(BRANCH)
  expect(await tell('/multiarch take "Say where" README.md mine')).toContain(
    'It was so already, so I changed nothing.',
  )
  expect(tipOf(BRANCH)).toBe(tip)
  await tell('/multiarch take 7 upstream')
  // What followed from the patch’s side does not follow from the release’s.
  expect(file(BRANCH, 'README.md')).toContain(RELEASE)
  expect(file(BRANCH, 'README.md')).not.toContain('make')
  expect((await pull(BRANCH)).title).toBe('Upgrade Kubespray from v2.8.0 to v2.9.0: 2 conflicts to settle')
})

test('what a person changed on the branch is not written over', async () => {
  const { tell, push, settle, file, tipOf } = await inConflict()
  const readme = file(BRANCH, 'README.md')
  await push(BRANCH, { 'README.md': `${readme}\nAsk Ada first.\n` }, { message: 'By hand' })
  await settle()
  const tip = tipOf(BRANCH)
  expect(await tell('/multiarch take 7 mine')).toContain('A person changed `README.md` on the branch')
  await push(BRANCH, { 'README.md': `<<<<<<< release\n${readme}\n` })
  await settle()
  expect(await tell('/multiarch take 7 mine')).toContain('marks of a conflict are still in it')
  expect(tipOf(BRANCH)).not.toBe(tip)
  expect(file(BRANCH, 'README.md')).toContain('<<<<<<< release')
})

test('what a person does to a namesake elsewhere settles nothing', async () => {
  const { tell, push, settle, pull } = await inConflict()
  await tell('/multiarch take 8 upstream')
  await push(BRANCH, { 'docs/README.md': 'Mine.\n' })
  await settle()
  await tell('/multiarch recheck')
  expect((await pull(BRANCH)).title).toBe('Upgrade Kubespray from v2.8.0 to v2.9.0: 2 conflicts to settle')
  await tell('/multiarch take 7 mine')
  expect((await pull(BRANCH)).title).toBe('Upgrade Kubespray from v2.8.0 to v2.9.0: 1 conflict to settle')
})

test('a commit that is taken back settles nothing any more', async () => {
  const { tell, push, settle, file, pull } = await inConflict()
  const readme = `${file(BRANCH, 'README.md')}\n`
  await tell('/multiarch take 7 mine\n/multiarch take 9 upstream')
  expect((await pull(BRANCH)).draft).toBe(false)
  await push(BRANCH, { 'README.md': readme }, { message: 'Revert it' })
  await settle()
  expect(await tell('/multiarch recheck')).toContain('Something is left for you to settle')
  expect((await pull(BRANCH)).title).toBe('Upgrade Kubespray from v2.8.0 to v2.9.0: 2 conflicts to settle')
})

test('patches, files and sides that are none are told, with what there is', async () => {
  const { tell, tipOf } = await inConflict()
  const before = tipOf(BRANCH)
  const answers: Record<string, string> = {}
  for (const said of ['7', '7 theirs', '77 mine', '7 cluster.yml mine', '4 mine', 'mine', 'make mine'])
    answers[said] = await tell(`/multiarch take ${said}`)
  expect(answers).toMatchInlineSnapshot(`
    {
      "4 mine": "Nothing of “Use flannel images with a manifest for every architecture” is in conflict with the release: the patch is clean here. I changed nothing.",
      "7": "Line 1: \`/multiarch take <patch> [<file>] mine|upstream|both\` needs a side at its end: the patch by its number in the table, perhaps one of its files, and then \`mine\` (what the patch wants), \`upstream\` (what the release has) or \`both\`.",
      "7 cluster.yml mine": "“Say where to start” has nothing in conflict in \`cluster.yml\`. It has in \`README.md\`. I changed nothing.",
      "7 theirs": "Line 1: \`/multiarch take <patch> [<file>] mine|upstream|both\` needs a side at its end: the patch by its number in the table, perhaps one of its files, and then \`mine\` (what the patch wants), \`upstream\` (what the release has) or \`both\`.",
      "77 mine": "I find no patch \`77\` in this pull request. Its number in the table is the surest name.",
      "make mine": "I find no patch \`make\` in this pull request. Its number in the table is the surest name.",
      "mine": "Line 1: \`/multiarch take <patch> [<file>] mine|upstream|both\` needs a patch before that: the patch by its number in the table, perhaps one of its files, and then \`mine\` (what the patch wants), \`upstream\` (what the release has) or \`both\`.",
    }
  `)
  expect(tipOf(BRANCH)).toBe(before)
})
