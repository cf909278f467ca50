/** The real one: tests may live in a time of their own. */
const { setTimeout: later } = globalThis

/** Waits until something holds, looking often; a hang ends with the test's own time limit. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await pause(5)
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => later(resolve, milliseconds))
}
