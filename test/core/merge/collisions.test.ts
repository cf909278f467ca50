import { expect, test } from 'vitest'
import { carryStory, type CarryStory } from '../../support/carry.ts'

const FILE = 'roles/thing/defaults/main.yml'

/** Settings with others before or behind some of them. */
function settings(put: Readonly<Record<number, string>> = {}): string {
  return Array.from({ length: 12 }, (_, at) => `${put[at] ?? ''}thing_setting_${at}: value ${at}\n`).join('')
}

const SHARED = 'panel_enabled_by_default: true\npanel_port_of_the_service: 8443\n'

function panel({ repo, tag, more = '' }: { repo: string; tag: string; more?: string }): string {
  return `panel_image_repo: "registry.example/${repo}"\npanel_image_tag: "${tag}"\n${more}`
}

const THEIRS = panel({ repo: 'panel-{{ image_arch }}', tag: 'v1.4.0' })

function story(own: string, more: Partial<CarryStory> = {}): CarryStory {
  return {
    author: { name: 'Somebody Else', email: 'else@example.org' },
    base: { [FILE]: settings() },
    patch: { [FILE]: settings({ 10: own }) },
    upstream: { 'Add a panel for everybody': { [FILE]: settings({ 1: THEIRS }) } },
    ...more,
  }
}

test('two keys that both put in at two places stand once: the user’s value, or the newer version', async () => {
  const carried = await carryStory(story(panel({ repo: 'panel-amd64', tag: 'v1.3.0' })))
  expect(carried.text(FILE)).toBe(settings({ 1: panel({ repo: 'panel-amd64', tag: 'v1.4.0' }) }))
  const { verdict, told, leftOut } = carried.file(FILE)
  expect(verdict).toBe('adapted')
  expect(told).toMatchObject([
    { code: 'value-kept', key: 'panel_image_repo' },
    { code: 'value-lowered', key: 'panel_image_tag' },
  ])
  expect(leftOut).toEqual([{ side: 'added', line: 12, text: 'panel_image_tag: "v1.3.0"', why: 'lowered' }])
})

test('where upstream’s commit is the reviewed form of this very patch, its values stand', async () => {
  const more = SHARED + 'panel_of_my_own_extra: 1\npanel_of_my_own_other: 2\n'
  const carried = await carryStory(
    story(panel({ repo: 'panel-amd64', tag: 'v1.5.0', more }), {
      title: 'Add a panel for everybody',
      upstream: { 'Add a panel for everybody': { [FILE]: settings({ 1: THEIRS + SHARED }) } },
    }),
  )
  const text = carried.text(FILE)
  expect(text).toContain('panel_image_repo: "registry.example/panel-{{ image_arch }}"')
  expect(text).not.toContain('panel-amd64')
  expect(text).not.toContain('v1.5.0')
  expect(text).toContain('panel_of_my_own_extra: 1')
})
