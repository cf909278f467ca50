/**
 * Options that decide whether something is checked. A check here is one that what is fetched, or whom one talks to, is the right
 * one: certificates, host keys, signatures, checksums. What a node may do once it runs (SELinux, AppArmor, RBAC) is another matter.
 */
export type CheckKind = 'certificate' | 'host-key' | 'signature' | 'checksum' | 'transport'

export interface CheckOption {
  readonly kind: CheckKind
  /** `yes` checks: `validate_certs` · `yes` does not: `skip_verify` · a list of those that are not checked · its value is what is checked with. */
  readonly meaning: 'checks' | 'skips' | 'lists' | 'holds'
}

/** What an option with such a name decides; `undefined` for all that decide something else. */
export function checkOption(name: string): CheckOption | undefined {
  const snake = snakeOf(name)
  let known = KNOWN.get(snake)
  if (known === undefined) KNOWN.set(snake, (known = FORMS.find(([form]) => form.test(snake))?.[1] ?? NONE))
  return known === NONE ? undefined : known
}

/** Whether a value switches the check off; `undefined` where only a rendered template would say. */
export function isOff({ meaning }: CheckOption, value: string | readonly unknown[]): boolean {
  const text = (typeof value === 'string' ? value : '')
    .trim()
    .replace(/^(["'])(.*)\1$/s, '$2')
    .trim()
  if (meaning === 'lists')
    return Array.isArray(value) ? value.length > 0 : !/^(?:|\[\s*\]|\{\s*\}|none|null|~)$/i.test(text)
  if (meaning === 'holds') return !Array.isArray(value) && /^(?:|none|null|~|\{\{\s*omit\s*\}\})$/i.test(text)
  if (meaning === 'skips') return /^(?:yes|true|on|1|y|t|always)$/i.test(text)
  return /^(?:no|false|off|0|0\.0|n|f|none|never|disabled?)$/i.test(text)
}

/** `http.sslVerify`, `insecure-skip-tls-verify`, `insecureSkipTLSVerify` and `INSECURE` in one spelling. */
function snakeOf(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])(?=[A-Z][a-z])/g, '$1_')
    .replace(/[-.\s]+/g, '_')
    .toLowerCase()
}

const NONE: CheckOption = { kind: 'certificate', meaning: 'checks' }
const KNOWN = new Map<string, CheckOption>()

const NOT = '(?:^|_)(?:skip|disable|no|ignore|without)'
const TLS = '(?:ssl|tls|https|certs?|certificates?|peer)'
const VERIFY = '(?:verif(?:y|ication|ied)|validat(?:e|ion)|check(?:s|ing)?)'

/** The first form that fits counts: what is negated stands before what it negates. */
const FORMS: readonly (readonly [RegExp, CheckOption])[] = [
  [/(?:^|_)insecure_registr(?:y|ies)$/, { kind: 'certificate', meaning: 'lists' }],
  [/(?:^|_)(?:accept_host_?key|accept_new_host_?keys?)$/, { kind: 'host-key', meaning: 'skips' }],
  [/(?:^|_)(?:strict_)?host_?key_check(?:s|ing)?$/, { kind: 'host-key', meaning: 'checks' }],
  [
    /(?:^|_)(?:disable|no|skip|ignore)_?(?:gpg|pgp|sig(?:nature)?s?)_?(?:check(?:s|ing)?|verif(?:y|ication))?$/,
    { kind: 'signature', meaning: 'skips' },
  ],
  [
    /(?:^|_)(?:nogpgcheck|allow_unauthenticated|allow_untrusted|disable_content_trust|insecure_policy)$/,
    { kind: 'signature', meaning: 'skips' },
  ],
  [/(?:^|_)allow_insecure_repositories$/, { kind: 'signature', meaning: 'skips' }],
  [
    /(?:^|_)(?:(?:repo|pkg|localpkg)_?)?(?:gpg|pgp|sig(?:nature)?s?)_?(?:check(?:s|ing)?|verif(?:y|ication))$/,
    { kind: 'signature', meaning: 'checks' },
  ],
  [/(?:^|_)(?:verify_(?:gpg|sig(?:nature)?s?)|content_trust)$/, { kind: 'signature', meaning: 'checks' }],
  [/(?:^|_)gpg_?keys?$/, { kind: 'signature', meaning: 'holds' }],
  [
    /(?:^|_)(?:skip|disable|no|ignore)_(?:check_?sums?|sha256|hash(?:es)?)(?:_\w+)?$/,
    { kind: 'checksum', meaning: 'skips' },
  ],
  [
    /(?:^|_)(?:(?:verify|check|validate)_(?:check_?sums?|hash(?:es)?)|check_?sum_(?:verif\w+|check\w*)|get_checksum)$/,
    { kind: 'checksum', meaning: 'checks' },
  ],
  // The digest of an image is optional in every release.
  [
    /(?<!digest_)(?:^|(?<!digest)_)(?:checksum|sha256|sha512|sha1|md5)$/,
    { kind: 'checksum', meaning: 'holds' },
  ],
  [/(?:^|_)(?:plain_http)$/, { kind: 'transport', meaning: 'skips' }],
  [new RegExp(`${NOT}_verif(?:y|ication)$`), { kind: 'certificate', meaning: 'skips' }],
  [new RegExp(`${NOT}_${TLS}_${VERIFY}$`), { kind: 'certificate', meaning: 'skips' }],
  [new RegExp(`${NOT}_${VERIFY}_${TLS}$`), { kind: 'certificate', meaning: 'skips' }],
  [new RegExp(`(?:^|_)${TLS}_(?:skip|no)_${VERIFY}$`), { kind: 'certificate', meaning: 'skips' }],
  [
    /(?:^|_)(?:allow_)?insecure(?:_tls|_ssl|_https?|_flag|_certs?|_skip(?:_tls)?_verify)$/,
    { kind: 'certificate', meaning: 'skips' },
  ],
  // Of a server that is its own door (Traefik's `api.insecure`, Argo CD's `server.insecure`), which checks nobody else.
  [
    /(?<!(?:^|_)(?:api|serve|server|dashboard|web|ui))(?:^|_)(?:allow_)?insecure$/,
    { kind: 'certificate', meaning: 'skips' },
  ],
  [
    new RegExp(`(?:^|_)(?:${TLS}_${VERIFY}|${VERIFY}_${TLS}|${TLS}_cert_verify)$`),
    { kind: 'certificate', meaning: 'checks' },
  ],
  [
    /(?:^|_)(?:sslverify|pythonhttpsverify|strict_ssl|strict_tls|reject_unauthorized)$/,
    { kind: 'certificate', meaning: 'checks' },
  ],
]
