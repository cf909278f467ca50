import { memoryBudget } from '../../../src/adapters/memory/memory-budget.ts'
import { describeBudget } from '../../contract/budget.ts'

describeBudget('a budget in memory', (allowances, clock) => Promise.resolve(memoryBudget(allowances, clock)))
