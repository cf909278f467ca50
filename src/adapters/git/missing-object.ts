import type { Oid } from '../../core/model/oid.ts'

/** An object that is needed, and that the repository has not got, or not as what it should be. */
export class MissingObject extends Error {
  constructor(oid: Oid, what: string) {
    super(`no ${what} ${oid}`)
    this.name = 'MissingObject'
  }
}

/** An object that is there, and that nobody could read. */
export class DamagedObject extends Error {
  constructor(oid: Oid, why: string) {
    super(`the tree ${oid} cannot be read: ${why}`)
    this.name = 'DamagedObject'
  }
}
