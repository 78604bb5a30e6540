/* Copies on pages without https, where browsers offer no clipboard, by the older command.
 *
 * Where that fails too, the text is shown selected, so that the reader can copy it.
 */

if (!navigator.clipboard) {
  const writeText = async (text) => {
    const before = document.activeElement
    const field = document.createElement("textarea")
    field.value = text
    field.readOnly = true
    field.style.cssText = "position:fixed;top:0;left:0;width:1px;height:1px;opacity:0"
    // Inside an open dialog, which takes the focus back from anything outside it.
    const place = before?.closest("[role=dialog]") ?? document.body
    place.append(field)
    field.select()
    const isCopied = document.execCommand("copy")
    field.remove()
    before?.focus({ preventScroll: true })
    if (isCopied) return
    prompt(document.querySelector("template#app")?.dataset.copy ?? "", text)
    throw new Error("This browser does not let pages copy.")
  }
  Object.defineProperty(navigator, "clipboard", { value: { writeText }, configurable: true })
}
