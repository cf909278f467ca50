/** Why a registry did not tell. The message ends a sentence: `quay.io` … */
export class RegistryFailure extends Error {
  /** Whether asking it for anything else is in vain as well. */
  readonly isOfHost: boolean

  constructor(message: string, about: 'host' | 'image') {
    super(message)
    this.name = 'RegistryFailure'
    this.isOfHost = about === 'host'
  }
}
