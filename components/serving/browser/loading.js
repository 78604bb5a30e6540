/* Hides what follows a part that waits for its code, so that nothing is shown and then moves.
 *
 * Charts and maps have their height from the start. A selector with :has() would do the same, but
 * Chromium sometimes leaves what it hid hidden for good.
 */

const LONGEST_MS = 10_000
const PARTS = "[data-testid=stElementContainer], [data-testid=stLayoutWrapper]"
const HAS_HEIGHT = "[class*=st-key-chart-], [class*=st-key-map]"

const since = new WeakMap()
let waiting = new Set()

function isAwaited(skeleton) {
  if (!since.has(skeleton)) {
    since.set(skeleton, performance.now())
    setTimeout(mark, LONGEST_MS + 100)
  }
  return performance.now() - since.get(skeleton) < LONGEST_MS && !skeleton.closest(HAS_HEIGHT)
}

function mark() {
  const now = new Set()
  for (const skeleton of document.querySelectorAll("[data-testid=stSkeleton]")) {
    if (!isAwaited(skeleton)) continue
    for (let at = skeleton.closest(PARTS); at; at = at.parentElement.closest(PARTS)) now.add(at)
  }
  for (const part of waiting) if (!now.has(part)) delete part.dataset.waits
  for (const part of now) part.dataset.waits = ""
  waiting = now
}

new MutationObserver(mark).observe(document, { childList: true, subtree: true })
