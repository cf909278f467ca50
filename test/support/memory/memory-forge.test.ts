import { memoryForge } from './memory-forge.ts'
import { memoryObjectStore } from './memory-object-store.ts'
import { describeForge } from '../../contract/forge.ts'

describeForge('memory', async () => {
  const objects = memoryObjectStore()
  const { forge, people } = memoryForge({ objects })
  return { forge, people, objects, withoutIssues: memoryForge({ objects, facts: { issues: false } }).forge }
})
