/* Puts the words of the page's language in the place of Streamlit's own, which are English.
 *
 * A word is replaced where it is a whole text or name. What stands in braces is any text, and goes
 * along.
 */

const TEXTS = [
  "[data-testid=stSkipToContent]",
  "[data-testid=InputInstructions] *",
  "[data-testid=stTooltipContent] *",
  "[data-testid=stElementToolbar] *",
  "[data-testid=stDownloadButton] *",
  "[data-testid=stStatusWidget] *",
  "[data-testid=stDialog] *",
  "[role=listbox] *",
  "[role=menu] *",
].join()
const NAMES = ["aria-label", "title"]
const HOLE = /\\\{\w+\\\}/
const literal = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")

export default function ({ data }) {
  const patterns = Object.entries(data)
    .filter(([word]) => word.includes("{"))
    .map(([word, other]) => [new RegExp(`^${literal(word).replace(HOLE, "(.+)")}$`), other])

  const inOther = (text) => {
    if (Object.hasOwn(data, text)) return data[text]
    for (const [pattern, other] of patterns) {
      const found = pattern.exec(text)
      if (found) return other.replace(/\{\w+\}/, () => found[1])
    }
    return text
  }

  const replace = () => {
    for (const one of document.querySelectorAll(TEXTS)) {
      for (const node of one.childNodes) {
        if (node.nodeType !== Node.TEXT_NODE) continue
        const other = inOther(node.nodeValue)
        if (other !== node.nodeValue) node.nodeValue = other
      }
    }
    for (const name of NAMES) {
      for (const one of document.querySelectorAll(`[${name}]`)) {
        const text = one.getAttribute(name)
        const other = inOther(text)
        if (other !== text) one.setAttribute(name, other)
      }
    }
  }

  let isDue = false
  const watching = new MutationObserver(() => {
    if (isDue) return
    isDue = true
    setTimeout(() => {
      isDue = false
      replace()
    })
  })
  watching.observe(document, {
    childList: true,
    subtree: true,
    characterData: true,
    attributeFilter: NAMES,
  })
  replace()
  return () => watching.disconnect()
}
