import { describe, expect, test } from 'vitest'
import { lintPlaybooks } from '../../../src/core/playbooks/lint-playbooks.ts'
import type { ReleaseTag } from '../../../src/core/model/release-tag.ts'

/** The lines of a file that are told for the variable that is gone. */
function told(text: string): readonly number[] {
  return lintPlaybooks({
    texts: new Map([
      ['own.yml', text],
      ['other.yml', '- hosts: all\n'],
    ]),
    own: new Set(),
    base: new Map(),
    target: new Map(),
    release: 'v2.16.0' as ReleaseTag,
    groups: new Map(),
    gone: new Set(['kube_gone']),
    isEditable: true,
  }).map(({ line }) => line)
}

describe('a variable is read', () => {
  test.each<[string, string, number[]]>([
    ['in one of several conditions', '- shell: x\n  when:\n    - a\n    - kube_gone | bool\n', [4]],
    ['of a list that is not indented', '- shell: x\n  when:\n  - kube_gone\n', [3]],
    ['in a condition over lines', '- shell: x\n  when: >-\n    a and\n    kube_gone\n', [4]],
    ['in what is claimed', '- assert:\n    that:\n      - kube_gone is defined\n', [3]],
    ['behind a remark in a list', '- shell: x\n  when:\n    # kube_gone\n    - kube_gone\n', [4]],
    ['in a condition in quotes', '- shell: x\n  when: "kube_gone | bool"\n', [2]],
    ['once a file', '- shell: x\n  when: kube_gone\n- debug: msg={{ kube_gone }}\n', [2]],
  ])('%s', (_, text, lines) => {
    expect(told(text)).toEqual(lines)
  })
})

describe('a variable is not read', () => {
  test.each<[string, string]>([
    ['in a remark', '# {{ kube_gone }}\n- shell: x\n'],
    ['in a remark behind something', '- shell: x # {{ kube_gone }}\n'],
    ['as a word of a list behind the conditions', '- shell: x\n  when:\n    - a\n  tags:\n    - kube_gone\n'],
    ['as a word of the next task', '- shell: x\n  when:\n    - a\n- kube_gone\n'],
    ['where it is what a task found', '- shell: x\n  register: kube_gone\n- debug: msg={{ kube_gone }}\n'],
    ['where a loop gives it', '- shell: echo {{ kube_gone }}\n  loop_control:\n    loop_var: kube_gone\n'],
    ['where a fact is made of it in one line', '- set_fact: a=b kube_gone=c\n- debug: msg={{ kube_gone }}\n'],
    ['with another name around it', '- debug: msg={{ my_kube_gone_too }}\n'],
  ])('%s', (_, text) => {
    expect(told(text)).toEqual([])
  })
})
