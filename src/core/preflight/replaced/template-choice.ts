import { computed } from '../../audit/audited.ts'
import { readRolePath } from '../../audit/read-role-path.ts'
import { isTemplate } from '../../catalogue/jinja/read-template.ts'
import { renderTemplate } from '../../catalogue/jinja/render-template.ts'
import { printed } from '../../catalogue/jinja/value.ts'
import { nameOf } from '../../model/parent-of.ts'
import type { ReleaseToRead } from '../shapes/release-uses.ts'
import { usesInTasks } from '../shapes/uses-in-tasks.ts'

interface TemplateChoice {
  readonly isChosen: boolean
  /** The expression that names one of several, what it comes to, and where it stands. */
  readonly expression: string
  readonly chosen: string
  readonly by: string
}

/** Whether tasks of the role take a template; `undefined` where no task names it, or none of them can be worked out. */
export function templateChoice(release: ReleaseToRead, path: string): TemplateChoice | undefined {
  const role = readRolePath(path)?.role
  const name = nameOf(path)
  const found = [...release.tree.keys()].flatMap((file): readonly TemplateChoice[] => {
    const place = readRolePath(file)
    const text = place?.role === role && place?.part === 'tasks' ? release.text(file) : undefined
    if (text?.includes(name) !== true) return []
    return usesInTasks(file, text, new Map()).handed.flatMap((handed): readonly TemplateChoice[] => {
      const { file: expression, to } = handed
      if (to !== 'template' || !expression.includes(name)) return []
      const chosen = isTemplate(expression)
        ? computed(release.run(), `file ${expression}`, (scope) => printed(renderTemplate(expression, scope)))
        : expression
      if (chosen === undefined) return []
      return [{ isChosen: nameOf(chosen) === name, expression, chosen, by: file }]
    })
  })
  return found.find(({ isChosen }) => isChosen) ?? found[0]
}
