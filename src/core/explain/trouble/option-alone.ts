import type { Problem } from '../../model/problem.ts'
import { code } from '../blocks/plain.ts'

/** An option that says nothing. */
export function emptyOption(option: string): Problem {
  return {
    code: 'empty-option',
    message: `${code(option)} is empty: write what you mean behind it, or leave it out.`,
  }
}

/** A name that git takes for no branch. */
export function badBranchName(option: string, name: string): Problem {
  return {
    code: 'bad-branch-name',
    message: `${code(name)} (${code(option)}) is no name that git takes for a branch; write one such as ${code('multiarch/next')}.`,
  }
}

/** What stands in front of no image's name. */
export function badRegistry(name: string): Problem {
  return {
    code: 'bad-registry',
    message: `${code(name)} (${code('--registry')}) names no registry; write it as images do, as in ${code('registry.lan:5000')}.`,
  }
}

/** An option that does nothing without another one. */
export function optionAlone(option: string, other: string): Problem {
  return {
    code: 'option-alone',
    message: `${code(option)} does nothing without ${code(other)}: give both, or neither.`,
  }
}

/** A fork that is named where the clone is one itself. */
export function forkOfFork(): Problem {
  return {
    code: 'option-alone',
    message: `${code('--fork')} names the fork that a submodule is at; this clone is Kubespray itself, so leave it out.`,
  }
}

/** A file that an option names and that could not be written there. */
export function unwritableFile(option: string, file: string, why: string): Problem {
  return { code: 'file-not-writable', message: `I could not write ${code(file)} (${code(option)}): ${why}.` }
}

/** A file that a person may have worked on since it was written. */
export function fileThere(option: string, file: string): Problem {
  return {
    code: 'file-there',
    message: `${code(file)} (${code(option)}) is there already, and may be somebody’s work: name another file, or delete it first.`,
  }
}

export function reportFormat(file: string): Problem {
  return {
    code: 'report-format',
    message: `I write reports as HTML or Markdown: ${code(file)} should end in ${code('.html')} or ${code('.md')}.`,
  }
}

/** One file cannot hold both. */
export function sameFile(file: string): Problem {
  return {
    code: 'same-file',
    message: `${code('--report')} and ${code('--image-workflow')} both name ${code(file)}: give each a file of its own.`,
  }
}
