/** A text as a scalar of YAML: as it is where every reader takes it for a text, else in quotes. */
export function yamlWord(text: string): string {
  return /^[A-Za-z][\w./-]*$/.test(text) && !MEANT_OTHERWISE.test(text) ? text : JSON.stringify(text)
}

/** What YAML 1.1 or 1.2 takes for a truth or for nothing. */
const MEANT_OTHERWISE = /^(?:y|n|yes|no|on|off|true|false|null)$/i
