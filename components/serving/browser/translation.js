/* Keeps a page right that the browser translates.
 *
 * A translator puts its own elements in the place of text nodes. React goes on writing to those
 * nodes, which nobody sees any more: an old title would stay over new figures, and removing such a
 * node would end the page with an error. Here a text that is written again takes its place back,
 * for the translator to find, and a node that was replaced stands for what replaced it.
 */

const replacedBy = new WeakMap()

new MutationObserver((records) => {
  for (const { addedNodes, removedNodes, previousSibling, nextSibling } of records) {
    const near = [...addedNodes, previousSibling, nextSibling]
    const font = near.find((node) => node?.nodeName === "FONT" && node.isConnected)
    for (const node of font ? removedNodes : []) {
      if (node.nodeType === Node.TEXT_NODE) replacedBy.set(node, font)
    }
  }
}).observe(document, { childList: true, subtree: true })

/* Returns what stands where React believes a node to be. */
const standIn = (node, parent) => {
  const other = node && node.parentNode !== parent && replacedBy.get(node)
  return other && other.parentNode === parent ? other : node
}

for (const [prototype, name] of [
  [Node.prototype, "nodeValue"],
  [CharacterData.prototype, "data"],
]) {
  const { get, set } = Object.getOwnPropertyDescriptor(prototype, name)
  Object.defineProperty(prototype, name, {
    configurable: true,
    enumerable: true,
    get,
    set(text) {
      const font = replacedBy.get(this)
      if (font?.isConnected && !this.isConnected) font.replaceWith(this)
      replacedBy.delete(this)
      set.call(this, text)
    },
  })
}

const { removeChild, insertBefore } = Node.prototype
Node.prototype.removeChild = function (child) {
  removeChild.call(this, standIn(child, this))
  return child
}
Node.prototype.insertBefore = function (child, next) {
  return insertBefore.call(this, child, standIn(next, this))
}
