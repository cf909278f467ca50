import type { Doing } from '../core/model/progress/doing.ts'

/** Whoever waits is told what is being done. It costs nothing where nobody is, and must never fail or wait. */
export type Progress = (doing: Doing) => void
