import { readChallenge } from '../../src/adapters/registry/read-challenge.ts'
import { parseLog, parseTree } from '../../src/adapters/git/parse-tree.ts'
import { checksIn } from '../../src/core/audit/checks-in.ts'
import { conditionsOfLines } from '../../src/core/audit/conditions-of-lines.ts'
import { literalsIn } from '../../src/core/audit/rules/audit-written-out.ts'
import { wordsIn } from '../../src/core/audit/words-in.ts'
import { howApplied } from '../../src/core/automation/how-applied.ts'
import { updateBots } from '../../src/core/automation/update-bots.ts'
import { versionLines } from '../../src/core/automation/version-lines.ts'
import { readBranchPattern } from '../../src/core/branches/branch-pattern.ts'
import { readExpression } from '../../src/core/catalogue/jinja/expression.ts'
import { readTemplate } from '../../src/core/catalogue/jinja/read-template.ts'
import { UnknownForm } from '../../src/core/catalogue/jinja/tokens-of.ts'
import { readDecisions, unreadIn } from '../../src/core/commands/decisions.ts'
import { parseCommands } from '../../src/core/commands/parse-commands.ts'
import { readConfig } from '../../src/core/config/read-config.ts'
import { html } from '../../src/core/explain/blocks/html.ts'
import { visible } from '../../src/core/explain/blocks/inert.ts'
import { prose } from '../../src/core/explain/blocks/markdown.ts'
import { code, plain } from '../../src/core/explain/blocks/plain.ts'
import { sentence } from '../../src/core/explain/blocks/text.ts'
import { linkedSentence, sentenceOfCommits } from '../../src/core/explain/linked-reference.ts'
import { renderSideChanges } from '../../src/core/explain/sections/render-side-changes.ts'
import { readSuggestion } from '../../src/core/explain/settling/suggestion-comment.ts'
import { readAnswer } from '../../src/core/explain/texts/answer-comment.ts'
import { tickedBoxes } from '../../src/core/explain/texts/render-dashboard.ts'
import { playbookCalls } from '../../src/core/inventory/calls/playbook-calls.ts'
import { readHostFile } from '../../src/core/inventory/host-file.ts'
import { readIni } from '../../src/core/inventory/read-ini.ts'
import { resolveIniValue } from '../../src/core/inventory/resolve-ini-value.ts'
import { writtenGroups } from '../../src/core/inventory/written-groups.ts'
import { findPins } from '../../src/core/layout/find-pins.ts'
import { readGitmodules } from '../../src/core/layout/read-gitmodules.ts'
import { mergeFile } from '../../src/core/merge/file-merge.ts'
import { bearsTitle } from '../../src/core/merge/taken/bears-title.ts'
import { subjectOf, trailersOf } from '../../src/core/model/commit.ts'
import { readImageName } from '../../src/core/model/image-name.ts'
import type { Oid } from '../../src/core/model/oid.ts'
import { readReleaseTag, type ReleaseTag } from '../../src/core/model/release-tag.ts'
import { readPatchFile } from '../../src/core/patchfile/read-patch-file.ts'
import { groupNames } from '../../src/core/playbooks/group-names.ts'
import { lintPlaybooks } from '../../src/core/playbooks/lint-playbooks.ts'
import { referencesIn } from '../../src/core/playbooks/references-in.ts'
import { pickedFrom } from '../../src/core/series/find-reverted-pairs.ts'
import { forgottenIn, givenIn } from '../../src/core/series/memory/answer.ts'
import { toldConflictsIn } from '../../src/core/series/memory/told-conflict.ts'
import { settlementsIn } from '../../src/core/series/settlement.ts'
import {
  openRecordedIn,
  patchRecordedIn,
  releaseCommitIn,
  stepRecordedIn,
  withoutOurTrailers,
  withTrailers,
} from '../../src/core/series/trailer.ts'
import { applyHunks, readFileDiff } from '../../src/core/text/file-diff.ts'
import { splitLines } from '../../src/core/text/split-lines.ts'
import { wordDiff } from '../../src/core/text/word-diff.ts'
import { foreignLookup } from '../../src/core/verify/foreign-lookup.ts'
import { otherTask } from '../../src/core/verify/other-task.ts'
import { readJinja } from '../../src/core/yaml/jinja/read-jinja.ts'
import { readOutline } from '../../src/core/yaml/outline/read-outline.ts'
import { commentedDefaults } from '../../src/core/yaml/tree/commented-defaults.ts'
import { readKeyPath } from '../../src/core/yaml/tree/key-path.ts'
import { parseYaml } from '../../src/core/yaml/tree/parse-yaml.ts'
import { tightenQuotes } from '../../src/core/yaml/tree/tighten-quotes.ts'
import { readDocument, readValues } from '../../src/core/yaml/values/read-values.ts'
import { scanBlock } from '../../src/core/yaml/values/scan-block.ts'

/** What reads text of other people, as one call each: whatever the text is, each comes to an end and throws nothing but its own refusal. */
export const READERS: readonly (readonly [string, (text: string) => unknown])[] = [
  ['YAML', parseYaml],
  ['YAML line by line', (text) => scanBlock(text.split('\n'))],
  ['a file of tasks', (text) => readDocument(`- ${text}`)],
  ['an outline', (text) => readOutline(splitLines(text))],
  ['INI', readIni],
  ['Jinja', readJinja],
  ['values of YAML', readValues],
  ['defaults in comments', (text) => commentedDefaults(text, { from: 0, to: text.length })],
  ['quotes that YAML sees open', tightenQuotes],
  ['a path of keys', readKeyPath],
  ['a template', readable],
  ['an expression', (text) => ownRefusal(() => readExpression(text))],
  ['a message', (text) => [trailersOf(text), stepRecordedIn(text), withTrailers(text, [['A', 'b']])]],
  ['a commit of ours', (message) => releaseCommitIn({ parents: [], message })],
  [
    'what is recorded in a message',
    (text) => [
      ...[pickedFrom(text), patchRecordedIn(text), openRecordedIn(text), withoutOurTrailers(text)],
      ...[settlementsIn(text), toldConflictsIn(text), givenIn(text), forgottenIn(text), subjectOf(text)],
    ],
  ],
  ['decisions', (text) => [readDecisions(text), unreadIn(text)]],
  ['a title', (text) => bearsTitle(text, `a b c d ${text}`)],
  ['a comment', (text) => parseCommands(`/multiarch ${text}`)],
  ['a sentence', (text) => [prose(text), plain(text), code(text)]],
  ['a report', (text) => html([{ kind: 'paragraph', text: sentence(text) }], () => '')],
  ['architectures in tasks', (text) => literalsIn('roles/a/tasks/main.yml', text)],
  ['architectures in a template', (text) => literalsIn('roles/a/templates/a.j2', text)],
  ['checks of a task', (text) => checksIn('roles/a/tasks/main.yml', text)],
  ['checks of a template', (text) => checksIn('roles/a/templates/a.j2', `${text} verify`)],
  ['conditions', (text) => conditionsOfLines(text.split('\n'))],
  ['words for architectures', wordsIn],
  ['hosts', (text) => [readHostFile('hosts.ini', text), readHostFile('hosts.yml', text)]],
  ['groups of hosts', (text) => [writtenGroups('hosts.ini', text), writtenGroups('hosts.yml', text)]],
  ['a value of INI', resolveIniValue],
  ['calls in a script', (text) => playbookCalls('up.sh', `ansible-playbook ${text}`)],
  [
    'calls in a workflow',
    (text) => playbookCalls('.github/workflows/a.yml', `- run: ansible-playbook ${text}`),
  ],
  ['a workflow', (text) => applied('.github/workflows/a.yml', text)],
  ['a pipeline', (text) => applied('.gitlab-ci.yml', text)],
  ['a Makefile', (text) => applied('Makefile', `up:\n\tansible-playbook ${text}`)],
  ['hooks', (text) => applied('.pre-commit-config.yaml', text)],
  [
    'settings of Renovate',
    (text) => updateBots(new Map([['renovate.json', text]]), ['kubernetes/kubernetes']),
  ],
  ['settings of Dependabot', (text) => updateBots(new Map([['.github/dependabot.yml', text]]), [])],
  ['lines with versions', versionLines],
  ...['Dockerfile', 'requirements.yml', 'up.sh', 'main.tf', 'README.md', 'a.yml'].map(
    (file): readonly [string, (text: string) => unknown] => [
      `pins in ${file}`,
      (text) => findPins(new Map([[file, `kubernetes-sigs/kubespray quay.io/kubespray/kubespray:${text}`]])),
    ],
  ),
  ['submodules', readGitmodules],
  ['settings', (text) => readConfig(text)],
  ['names', (text) => [readBranchPattern(text), readReleaseTag(text), readImageName(text)]],
  ['a playbook', (text) => [referencesIn(text), groupNames(text, new Set(['kube-master']))]],
  ['own playbooks held against a release', playbooksLinted],
  ['another task', otherTask],
  ['a lookup', (text) => foreignLookup('a.yml', text)],
  ['a patch as a file', readPatchFile],
  ['a diff', (text) => diffRead(text)],
  ['a comment of ours', (text) => [readAnswer(text), readSuggestion(text), tickedBoxes(text)]],
  ['links', (text) => [linkedSentence(text), sentenceOfCommits(text), visible(text)]],
  [
    'sides of a collision',
    (text) => renderSideChanges({ base: 'a b c\n', upstream: `a ${text}`, patch: `b ${text}` }),
  ],
  ['words that differ', (text) => wordDiff(`a ${text} b`, `a ${text} c`)],
  ['a tree', (text) => damaged(() => parseTree(Buffer.from(text)))],
  ['a log', (text) => damaged(() => parseLog(Buffer.from(text)))],
  ['a challenge', readChallenge],
  ['a merge of YAML', (text) => mergedWith('a.yml', text)],
  ['a merge of text', (text) => mergedWith('a.sh', text)],
]

/** The template, or the one fault that says that it is none. */
function readable(text: string): unknown {
  return ownRefusal(() => readTemplate(text))
}

function ownRefusal(read: () => unknown): unknown {
  try {
    return read()
  } catch (error) {
    if (error instanceof UnknownForm) return undefined
    throw error
  }
}

function mergedWith(path: string, text: string): unknown {
  const upstream = splitLines(text)
  const base = upstream.slice(0, Math.ceil(upstream.length / 2))
  return mergeFile(path, { base, upstream, patch: [...base, 'own: line\n'] })
}

function applied(file: string, text: string): unknown {
  return howApplied(new Map([[file, text]]), { branch: 'main', isDefault: true })
}

function diffRead(text: string): unknown {
  const diff = readFileDiff(`--- a/a\n+++ b/a\n${text}`)
  return diff && applyHunks(text, diff)
}

/** Bytes that are no object of git's are told in one sentence. */
function damaged(read: () => unknown): unknown {
  try {
    return read()
  } catch (error) {
    if (error instanceof Error && error.constructor === Error) return error.message
    throw error
  }
}

function playbooksLinted(text: string): unknown {
  const entry = { mode: '100644', oid: '1'.repeat(40) as Oid } as const
  return lintPlaybooks({
    texts: new Map([['own.yml', text]]),
    own: new Set(['own.yml']),
    base: new Map([['roles/a/tasks/main.yml', entry]]),
    target: new Map([['roles/b/tasks/main.yml', entry]]),
    release: 'v2.9.0' as ReleaseTag,
    groups: new Map([['kube-master', { now: 'kube_control_plane', inventory: 'renamed' }]]),
    gone: new Set(['a', 'key']),
    isEditable: true,
  })
}
