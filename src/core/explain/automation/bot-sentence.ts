import type { BotBranch, BotMove } from '../../automation/bot-branch.ts'
import type { Problem } from '../../model/problem.ts'
import { bold, code, flat, joined, listed, say, type Text } from '../blocks/text.ts'

export const BOT_NAMES = { renovate: 'Renovate', dependabot: 'Dependabot' } as const

/** A bot's branch that moves what a step of ours moves, with what speaks against it. */
export function botSentence({ bot, name, moves, leavesInventories }: BotBranch): Text {
  const isUnsafe = moves.some(({ skips, unknownTo }) => skips.length > 0 || unknownTo !== undefined)
  const alone = leavesInventories ? ' It changes nothing else in your inventories.' : ''
  const advice = isUnsafe
    ? bold`Do not merge it: I go up one minor at a time.`
    : 'I propose the same as a step, with what your inventories need for it: take one of the two.'
  return say`${BOT_NAMES[bot]}’s branch ${code(name)} moves ${joined(moves.map(moveText), ', and ')}.${alone} ${advice}`
}

function moveText({ what, file, line, from, to, skips, unknownTo }: BotMove): Text {
  const place = code(line === undefined ? file : `${file}:${line}`)
  const over = skips.length > 0 ? say` over ${listed(skips.map((each) => code(each)))}` : ''
  const unknown =
    unknownTo === undefined ? '' : say`, of which ${code(unknownTo)} has no checksums for your architectures`
  const name = what === 'kubespray' ? 'Kubespray' : 'Kubernetes'
  return say`${name} from ${code(from)} to ${code(to)}${over} (${place})${unknown}`
}

/** The same where people read what they should know. */
export function botNote(branch: BotBranch): Problem {
  return { code: 'bot-branch', message: flat(botSentence(branch)) }
}
