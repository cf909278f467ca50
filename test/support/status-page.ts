import { pages } from '../../src/entry/server/pages.ts'

/** The page that a server shows at its address, with work waiting and some given up. */
export async function statusPage(): Promise<string> {
  const counts = { waiting: 12, running: 2, delayed: 3, failed: 1, lastDay: { done: 4211, failed: 1 } }
  const shown = pages({
    queue: { ready: () => Promise.resolve(true), counts: () => Promise.resolve(counts) },
    startedAt: Date.now() - 200_000_000,
    isStopping: () => false,
  } as unknown as Parameters<typeof pages>[0])
  const page = await shown['/']?.()
  return page?.text ?? ''
}
