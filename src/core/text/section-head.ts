/**
 * The section that a line of settings opens, without what is remarked behind it: `[edge:vars] # why` opens `[edge:vars]`, and `[[edge]]`
 * a table of TOML. A list that is a value, or a range of hosts with a name behind it, opens none.
 */
export function sectionHead(line: string): string | undefined {
  return HEAD.exec(line)?.[1]
}

// A name may have brackets in it: `[plugins."{{ names[0] }}"]`.
const HEAD = /^\s*(\[+(?:[^[\]]|\[[^[\]]*\])+\]+)\s*(?:[#;].*)?$/s
