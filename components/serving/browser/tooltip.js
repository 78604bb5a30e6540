/* Keeps the map's tooltip inside the map; deck.gl opens it to the right of and below a pointer. */

const TIP = ".deck-tooltip"
const MAP = "[data-testid=stDeckGlJsonChart]"

/* Beside the pointer on its other side, else as near to it as there is room. */
function shift(at, size, room) {
  if (at + size <= room) return 0
  return at >= size ? -size : room - size - at
}

const known = new WeakSet()
function keepInside(map) {
  const tip = map.querySelector(TIP)
  if (!tip || known.has(tip)) return
  known.add(tip)
  let placed
  const place = () => {
    // Our own change is a mutation too.
    if (placed === tip.style.transform + tip.textContent) return
    placed = tip.style.transform + tip.textContent
    const { e: x, f: y } = new DOMMatrix(tip.style.transform)
    const right = shift(x, tip.offsetWidth, map.clientWidth)
    tip.style.translate = `${right}px ${shift(y, tip.offsetHeight, map.clientHeight)}px`
  }
  new MutationObserver(place).observe(tip, { attributeFilter: ["style"], childList: true })
  place()
}

for (const kind of ["pointerover", "pointermove"]) {
  const look = ({ target }) => target.closest?.(MAP) && keepInside(target.closest(MAP))
  document.addEventListener(kind, look, { capture: true, passive: true })
}
