import type { Failure, Verified, VerifiedRun, WhyNot } from '../../verify/verified.ts'
import { heading, list, paragraph, type Block, type Item } from '../blocks/block.ts'
import { code, joined, listed, quoted, say, type Text } from '../blocks/text.ts'
import { plural } from '../plural.ts'
import { someOf } from '../../text/enumerated.ts'

/** What Ansible said of a revision: what was run with what answer, and what was not looked at. */
export function verifyBlocks(facts: Verified): readonly Block[] {
  const count = (answer: VerifiedRun['answer']): number =>
    facts.runs.filter((each) => each.answer === answer).length
  const [failed, open] = [count('fails'), count('unanswered')]
  const stops = [
    ...(failed > 0 ? [`${plural(failed, 'run')} of Ansible failed`] : []),
    ...(open > 0 ? [`${plural(open, 'run')} of Ansible gave no answer`] : []),
  ]
  const head =
    stops.length > 0
      ? say`${stops.join(', and ')}.`
      : say`What I ran of Ansible passes; whether the play does on your hosts it cannot tell.`
  return [
    paragraph(joined([scopeSentence(facts), head], ' ')),
    list(facts.runs.map(runItem)),
    heading(2, say`Not looked at`),
    list(notLookedAt(facts)),
  ]
}

function scopeSentence({ revision, release, ansible }: Verified): Text {
  const on =
    release === undefined || release === revision
      ? say`${code(revision)}`
      : say`${code(revision)}, which stands on ${code(release)}`
  return say`On ${on}, with Ansible ${quoted(ansible.installed)}.`
}

function runItem(run: VerifiedRun): Item {
  const notes = [
    ...(run.why && run.answer !== 'not-run' ? [say`${whySentence(run.why)}`] : []),
    ...run.failures.map(failureText),
    ...run.told.map((each) => say`The release says: ${quoted(each)}`),
  ]
  return { text: say`${whatText(run)}: ${answerText(run)}`, items: notes.map((text) => ({ text })) }
}

function whatText({ question, inventory, playbook, checks, asked = 0 }: VerifiedRun): Text {
  const of =
    inventory === undefined ? say`without an inventory` : say`on ${code(inventory === '' ? '.' : inventory)}`
  const what = {
    inventory: say`${code('ansible-inventory --list')} ${of}`,
    syntax: playbook === undefined ? say`Syntax of the playbooks` : say`Syntax of ${code(playbook)} ${of}`,
    validation: say`The release's own validation${checks === undefined ? '' : ` (${asked} of ${plural(checks, 'check')} asked)`} ${of}`,
  }
  return what[question]
}

function answerText({ answer, why, failures }: VerifiedRun): Text {
  if (answer === 'passes') return say`passes.`
  if (answer === 'fails') return say`fails, ${plural(failures.length, 'time')}.`
  if (answer === 'unanswered') return say`no answer.`
  return say`not run. ${why ? whySentence(why) : ''}`
}

function failureText({ message, file, line, condition, hosts }: Failure): Text {
  const place = file === undefined ? '' : say`${code(line === undefined ? file : `${file}:${line}`)}: `
  const whose = hosts.length === 0 ? '' : say` (${someHosts(hosts)})`
  const unmet = condition === undefined ? '' : say` [${code(condition)} is not true]`
  return say`${place}${quoted(message)}${unmet}${whose}`
}

/** A cluster has hundreds, and the first of them say which. */
const MOST_HOSTS = 5

function someHosts(hosts: readonly string[]): Text {
  return listed(someOf(hosts.map(code), MOST_HOSTS))
}

/** Why something was not run, or not answered. */
export function whySentence(why: WhyNot): Text {
  switch (why.code) {
    case 'no-validation-role':
      return say`This release has no ${code('roles/validate_inventory')}: its checks of settings stand in the midst of its roles, where they ask facts of hosts.`
    case 'other-tasks':
      return say`${code(`${why.file}:${why.line}`)} holds ${code(why.doing)}, which may do more than ask and remember, so I ran nothing of it.`
    case 'lookup':
      return say`A template in ${code(`${why.file}:${why.line}`)} asks ${why.name === undefined ? 'a lookup whose name it works out' : say`the lookup ${code(why.name)}`}, which may start a program or talk to somebody, so I let Ansible read none of it.`
    case 'dynamic':
      return say`Hosts come from ${listed(why.files.map((each) => code(each)))}, a program or a service, and I ask neither.`
    case 'no-hosts':
      return say`The inventory names no host.`
    case 'odd-name':
      return say`Ansible would take the name ${code(why.path)} for something else than a file: rename it.`
    case 'no-playbook':
      return say`There is neither ${code('cluster.yml')} nor ${code('upgrade-cluster.yml')}.`
    case 'inventory-fails':
      return say`Ansible does not read the inventory.`
    case 'vault':
      return say`Something ${why.file === undefined ? 'it reads' : say`(${code(why.file)})`} is encrypted, and I have no key: that is no fault of the inventory. Set ${code('ANSIBLE_VAULT_PASSWORD_FILE')} to a file with the password, and run me again.`
    case 'timed-out':
      return say`Ansible did not end in time, so I ended it.`
    case 'own-filter':
      return say`It uses ${code(why.name)}, a filter or test of your own; I give Ansible no programs of the tree.`
    case 'not-installed':
      return say`${code(why.name)} is not installed beside Ansible, which is no fault of the inventory: install what the release's ${code('requirements.txt')} names, and run me again.`
  }
}

/** What no run of these says anything about. */
function notLookedAt({ withheld, unclear, ansible }: Verified): readonly Text[] {
  return [
    say`Hosts: none was reached, no fact was asked, and nothing that a task would do to one was done. Tasks beyond syntax, templates and downloads come with the play.`,
    ...(ansible.min === undefined && ansible.maxExclusive === undefined
      ? [say`Whether the release takes this version of Ansible: it does not say which it takes.`]
      : []),
    ...(withheld.length > 0
      ? [
          say`Programs of the tree that Ansible would load by itself, such as ${code(withheld[0] ?? '')}: Ansible did not get them.`,
        ]
      : []),
    ...unclear.map(
      (each) => say`Variables that commands in ${code(each)} pass and that I cannot tell from it.`,
    ),
  ]
}
