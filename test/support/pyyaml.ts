import { spawnSync } from 'node:child_process'

/** What PyYAML makes of a text that stands without quotes. */
export interface PythonScalar {
  /** Its name of the type: `int`, `str`, `date`; `refused` where it refuses the file, `no-scalar` where the text is none. */
  readonly type: string
  /** As Python's `str` prints it, which is what Ansible puts into a string. */
  readonly text: string
}

/** Why a test with PyYAML cannot run here; `undefined` where it can, or has to (in CI). */
export function pyyamlMissing(): string | undefined {
  if (process.env['CI'] === 'true') return undefined
  const found = spawnSync('python3', ['-c', 'import yaml']).status === 0
  return found ? undefined : 'PyYAML is not installed: `apt-get install python3-yaml` runs these tests'
}

/** Asks PyYAML itself, all texts in one process. With `any`, texts in quotes are asked about as well. */
export function askPyYaml(
  texts: readonly string[],
  forms: 'plain' | 'any' = 'plain',
): readonly PythonScalar[] {
  const documents = texts.map((text) => ({ text, any: forms === 'any', document: `k: ${text}\n` }))
  const run = spawnSync('python3', ['-c', PROGRAM], {
    input: JSON.stringify(documents),
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], PYTHONIOENCODING: 'utf8' },
    maxBuffer: 1 << 28,
  })
  if (run.status !== 0) throw new Error(`python3 failed: ${run.stderr}`)
  return JSON.parse(run.stdout) as PythonScalar[]
}

const PROGRAM = `
import json, sys, yaml

def first(value):
    if isinstance(value, dict): return first(list(value.values())[0])
    return first(value[0]) if isinstance(value, list) else value

def node_of(node):
    if isinstance(node, yaml.MappingNode): return node_of(node.value[0][1])
    return node_of(node.value[0]) if isinstance(node, yaml.SequenceNode) else node

def answer(case):
    try:
        node = node_of(yaml.compose(case["document"], Loader=yaml.SafeLoader))
        plain = case["any"] or (node.style is None and node.value == case["text"])
    except Exception:
        plain = False
    if not plain: return {"type": "no-scalar", "text": ""}
    try:
        value = first(yaml.load(case["document"], Loader=yaml.SafeLoader))
    except Exception:
        return {"type": "refused", "text": ""}
    return {"type": type(value).__name__, "text": str(value)}

print(json.dumps([answer(each) for each in json.load(sys.stdin)]))
`
