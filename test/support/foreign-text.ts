import fc from 'fast-check'

/** Pieces that texts of other people are made of, and those that readers trip over. */
const PIECES = [
  ...[
    '\n',
    '\n\n',
    '\r\n',
    '\r',
    '\t',
    ' ',
    '  ',
    '\uFEFF',
    '\u0000',
    '\u0001',
    '\u2028',
    '\u00e9',
    '\ud83d\ude80',
  ],
  ...['# c', '#', '# key: value', '#- x', ';', '---', '...', '%YAML 1.2'],
  ...[
    'a: 1',
    'a:',
    'b: [1, 2',
    ']',
    '{',
    '}',
    '- ',
    '- name: x',
    '? k',
    '|',
    '>-',
    '&a ',
    '*a',
    '!t ',
    '"',
    "'",
    '\\',
    '\\"',
  ],
  ...['[all]', '[all:vars]', '[a', 'node1 ip=1.2.3.4', 'x=', '=', '['],
  ...['{{ ', ' }}', '{% if x %}', '{% endif %}', '{#', '#}', '{% raw %}', '{% endraw %}'],
  ...[
    'Multiarch-Step: a',
    'Signed-off-by: A <a@b>',
    'Revert "x"',
    'This reverts commit ',
    '/multiarch skip v1',
    '```',
    '<!--',
    '-->',
    '<details>',
    '~~~',
  ],
  ...[
    'v1.2.3',
    '0.17.0: sha256:ab',
    'COPY a b',
    'ENV A=1',
    'https://x.example/a_{{ b }}.tgz',
    'roles/a/b.yml',
    '../',
    '/',
    '//',
    '.',
  ],
]

/** Texts made of such pieces, the nasty ones in front as often as anywhere. */
export function anyForeignText(most = 25): fc.Arbitrary<string> {
  return fc.array(fc.constantFrom(...PIECES), { maxLength: most }).map((pieces) => pieces.join(''))
}
