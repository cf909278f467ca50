import { defined } from '../../../src/core/model/defined.ts'
import { Refusal } from '../../../src/core/model/problem.ts'
import {
  type Comment,
  type Comments,
  type Issue,
  type Issues,
  type Labels,
  type Reactions,
  type TalkOf,
} from '../../../src/ports/forge.ts'
import { US, type ForgeState } from './forge-state.ts'
import { memoryPullRequests } from './memory-pull-requests.ts'
import { checkText, type Thread, type Threads } from './thread.ts'

export function memoryThreads(state: ForgeState): Threads {
  const threads = new Map<number, Thread>()
  const said: { readonly on: number; comment: Comment }[] = []
  const reacted = new Set<string>()

  const get = (number: number): Thread => {
    const thread = threads.get(number)
    if (!thread) throw new Error(`there is no pull request or issue ${number}`)
    return thread
  }
  const start: Threads['start'] = (thread) => {
    checkText(thread.title, thread.body)
    const number = threads.size + 1
    const url = `${state.url}/${thread.pull ? 'pull' : 'issues'}/${number}`
    const started: Thread = { ...thread, number, url, state: 'open' }
    threads.set(number, started)
    return started
  }
  const say: Threads['say'] = (number, author, body) => {
    checkText('a comment', body)
    const id = state.nextId()
    const url = `${get(number).url}#issuecomment-${id}`
    const comment = { id, number, author, body, url, edited: false }
    said.push({ on: number, comment })
    return comment
  }

  const isOurs = ({ author, pull, labels }: Thread, { branchPrefix, label }: TalkOf): boolean => {
    if (author.kind !== 'us') return false
    return pull ? !pull.elsewhere && pull.branch.startsWith(branchPrefix) : labels.includes(label)
  }
  const comments: Comments = {
    on: async (number) => said.filter(({ on }) => on === get(number).number).map(({ comment }) => comment),
    lately: async (talk) =>
      [...threads.values()]
        .filter((thread) => isOurs(thread, talk))
        .flatMap(({ number }) => said.filter(({ on }) => on === number).map(({ comment }) => comment)),
    read: async (id) => said.find(({ comment }) => comment.id === id)?.comment,
    add: async (number, body) => say(number, US, body),
    update: async (id, body) => {
      checkText('a comment', body)
      const found = said.find(({ comment }) => comment.id === id)
      if (!found) throw new Error(`there is no comment ${id}`)
      found.comment = { ...found.comment, body, edited: true }
    },
  }
  const reactions: Reactions = {
    add: async (comment, reaction) => {
      if (!said.some((each) => each.comment.id === comment)) throw new Error(`there is no comment ${comment}`)
      const key = `${comment} ${reaction}`
      const isNew = !reacted.has(key)
      reacted.add(key)
      return isNew
    },
  }
  const labels: Labels = {
    add: async (number, added) => {
      const thread = get(number)
      thread.labels = [...new Set([...thread.labels, ...added])]
    },
    remove: async (number, label) => {
      const thread = get(number)
      thread.labels = thread.labels.filter((each) => each !== label)
    },
  }
  const pullRequests = memoryPullRequests(state, { start, get, all: () => [...threads.values()] })
  const all: Threads['all'] = ({ branchPrefix, label }) =>
    [...threads.values()]
      .filter(({ pull, labels: has }) => (pull ? pull.branch.startsWith(branchPrefix) : has.includes(label)))
      .map((thread) => [thread, said.filter(({ on }) => on === thread.number)])
  return { pullRequests, comments, reactions, labels, issues: memoryIssues(), start, get, say, all }

  function memoryIssues(): Issues {
    return {
      ours: async (label) => {
        const ours = [...threads.values()].filter(
          (each) => !each.pull && each.author.kind === 'us' && each.labels.includes(label),
        )
        const found = ours.find((each) => each.state === 'open') ?? ours[0]
        return found && { ...issueOf(found), ...defined({ editor: found.editor }) }
      },
      read: async (number) => {
        const found = threads.get(number)
        return found && !found.pull ? issueOf(found) : undefined
      },
      open: async ({ title, body, label }) => {
        if (!state.facts.issues) throw new Refusal({ code: 'issues-disabled', message: ISSUES_DISABLED })
        return issueOf(start({ author: US, title, body, labels: [label] }))
      },
      update: async (number, change) => {
        checkText(change.title ?? 'an issue', change.body ?? '')
        Object.assign(get(number), change, change.body !== undefined && { editor: US })
      },
    }
  }
}

const ISSUES_DISABLED =
  'Issues are switched off in this repository, so I have no place for my dashboard. Switch them on under Settings, General, Features.'

function issueOf({ number, title, body, state, author, labels, url }: Thread): Issue {
  return { number, title, body, state: state === 'open' ? 'open' : 'closed', author, labels, url }
}
