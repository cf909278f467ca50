import type { Problem } from '../../model/problem.ts'
import { code } from '../blocks/plain.ts'

/** The file has settings of an App already. */
export function envHolds(file: string, names: readonly string[]): Problem {
  const [one = '', ...more] = names.map(code)
  const listed = more.length === 0 ? one : `${[one, ...more].slice(0, -1).join(', ')} and ${more.at(-1)}`
  return {
    code: 'setup-env-holds',
    message: `${code(file)} has ${listed} already, and I write over no App’s settings: name another file with ${code('--file')}, or take those lines out.`,
  }
}

export function portTaken(port: number): Problem {
  return {
    code: 'setup-port-taken',
    message: `Something else listens at port ${port} of this machine (${code('--port')}): name another port, or leave it out and I take a free one.`,
  }
}

export function badPort(said: string): Problem {
  return {
    code: 'setup-bad-port',
    message: `${code(said)} (${code('--port')}) is no port; write a whole number from 1 to 65535.`,
  }
}

export function badOrganization(said: string): Problem {
  return {
    code: 'setup-bad-organization',
    message: `${code(said)} (${code('--org')}) is no name of an organization: these have letters, digits and hyphens.`,
  }
}

export function badAddress(said: string): Problem {
  return {
    code: 'setup-bad-address',
    message: `${code(said)} (${code('--url')}) is no address that GitHub could send webhooks to; write one such as ${code('https://multiarch.example.org')}.`,
  }
}

export function badForm(said: string, forms: readonly string[]): Problem {
  const known = forms.map(code)
  return {
    code: 'setup-bad-form',
    message: `${code(said)} (${code('--for')}) is no form that I know; it can be ${known.slice(0, -1).join(', ')} or ${known.at(-1)}.`,
  }
}

export function setupLate(minutes: number): Problem {
  return {
    code: 'setup-late',
    message: `No App came back from GitHub within ${minutes} minutes, so I stopped listening; nothing was written. Run me again when you are at the browser.`,
  }
}

export function setupStopped(): Problem {
  return { code: 'setup-stopped', message: 'I was stopped before an App was there; nothing was written.' }
}

export function codeNotTaken(said: string): Problem {
  return {
    code: 'setup-code-refused',
    message: `GitHub does not take the code that it gave the browser (${said}): it counts once and for an hour. Nothing was written; delete the App in GitHub’s settings if it is there, and run me again.`,
  }
}

export function codeUnanswered(said: string): Problem {
  return {
    code: 'setup-no-answer',
    message: `GitHub did not hand out the App’s key (${said}). Nothing was written; delete the App in GitHub’s settings if it is there, and run me again.`,
  }
}

/** The App is there, and its key could not be kept. */
export function keyNotWritten(file: string, why: string, page: string): Problem {
  return {
    code: 'setup-not-written',
    message: `The App is registered, but I could not write ${code(file)} (${why}), and GitHub hands out its key once: generate another on ${page}, or delete it there and run me again.`,
  }
}
