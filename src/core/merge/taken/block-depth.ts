/** How many blocks of a template or a script a line opens, less those that it closes. */
export function blockDepth(line: string): number {
  const count = (signs: RegExp): number => line.match(signs)?.length ?? 0
  return (
    count(/\{%-?\s*(?:if|for|block|macro|raw|call|filter)\b/g) -
    count(/\{%-?\s*end(?:if|for|block|macro|raw|call|filter)\b/g) +
    count(/[{([]\s*$/g) -
    count(/^\s*[})\]]/g) +
    count(/^\s*(?:if|case|for|while|until)\b(?!.*\b(?:fi|esac|done)\s*$)/g) -
    count(/^\s*(?:fi|esac|done)\b/g)
  )
}
