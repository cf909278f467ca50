import { code } from './blocks/plain.ts'

const WITH = ' with Kubernetes '

/** Where a fork stands, said as `v2.30.0 with Kubernetes 1.34.3` or the release alone, with its versions set as code. */
export function renderState(state: string): string {
  return state.split(WITH).map(code).join(WITH)
}
