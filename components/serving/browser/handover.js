/* Starts the app once the first view is painted, and lets the app take its place once it has drawn
 * the same page.
 *
 * The reader keeps what they have: the place on the page, what is unfolded, the focus. While a text
 * is selected, a field is being filled in, or a menu or all rows of a long table are unfolded, the
 * first view stays.
 */

const LONGEST_MS = 15_000
const PAINT_MS = 500
const first = document.getElementById("first")
const root = document.getElementById("root")
const isThere = () => first?.isConnected && first.querySelector("h1, h2") !== null

const { heavy, early = "" } = document.querySelector("template#app")?.dataset ?? {}

/* The large files are on their way while the first view is laid out and painted. The browser does
 * not parse them before they are scripts of the page: that would take turns with the painting. */
for (const file of early.split(" ").filter(Boolean)) {
  fetch(file).then((answer) => answer.arrayBuffer()).catch(() => {})
}

let isStarted = false
function start() {
  if (isStarted) return
  isStarted = true
  const held = document.querySelector("template#app")
  if (held) document.head.append(held.content.cloneNode(true))
}

/* While the server runs the page, the browser runs what the charts need; it would wait otherwise. */
addEventListener("pledge:run", () => {
  if (heavy) setTimeout(() => import(heavy).catch(() => {}))
  const later = document.querySelector("template#later")
  if (later && first?.querySelector("[class*=-card-map]")) {
    document.head.append(later.content.cloneNode(true))
  }
}, { once: true })

/* Two frames: the first is being painted when the second begins. A page in the background has none. */
if (document.hidden || !isThere()) start()
else requestAnimationFrame(() => setTimeout(start))
setTimeout(start, PAINT_MS)

if (isThere()) document.documentElement.dataset.first = ""
else first?.remove()

/* Whoever chose a scheme in the app's menu gets it from the first moment on. */
try {
  const chosen = localStorage.getItem(`stActiveTheme-${location.pathname}-v2`) ?? ""
  const scheme = /Light|Dark/.exec(chosen)?.[0].toLowerCase()
  if (scheme && first) first.dataset.scheme ??= scheme
} catch {
  /* A browser that keeps nothing follows the system. */
}

/* What else listens to clicks belongs to the app, which does not show yet. */
first?.addEventListener("click", (event) => event.stopPropagation())

const SWITCH = ".switch > input"
const MENU = `${SWITCH}:checked, :is(.field, .popover)[open], .more-rows[open]:not(details:not([open]) *)`
let isChanged = false
first?.addEventListener("input", ({ target }) => (isChanged ||= !target.matches(SWITCH)))

function isBusy() {
  const selection = getSelection()
  const isSelecting = selection && !selection.isCollapsed && first.contains(selection.anchorNode)
  const isTyping = document.activeElement?.matches(`#first :is(input:not(${SWITCH}), select)`)
  return isSelecting || isTyping || isChanged || first.querySelector(MENU) !== null
}

let drawnSince = 0
function isDrawn() {
  const app = root.querySelector("[data-testid=stApp]")
  if (app?.dataset.testScriptState !== "notRunning") return false
  if (app.dataset.testConnectionState !== "CONNECTED") return false
  if (!("measured" in document.documentElement.dataset)) return false
  const page = root.querySelector("[data-testid=stMainBlockContainer]")
  if (!page?.querySelector("h1, h2")) return false
  drawnSince ||= performance.now()
  if (performance.now() - drawnSince > LONGEST_MS) return true
  if (page.querySelector("[data-testid=stSkeleton], [data-waits]")) return false
  const seen = [...page.querySelectorAll(".stPlotlyChart, .stDeckGlJsonChart")].filter(isInSight)
  return seen.every((one) => one.querySelector(".main-svg, canvas"))
}

/* What the reader would see of the app, which is not scrolled yet; the rest has its height. */
function isInSight(part) {
  const { top, bottom } = part.getBoundingClientRect()
  return bottom > scrollY && top < scrollY + innerHeight
}

const KEYED = "[class*=st-key-]"
const keyOf = (element) => [...element.classList].find((name) => name.startsWith("st-key-"))
const textOf = (element) => element.textContent.trim()
/* The same summary stands in several cards. */
const nameOf = (summary) => `${keyOf(summary.closest(KEYED))} ${textOf(summary)}`

/* The part that the reader is at, and how far from the top of the window it is. */
function findPlace() {
  if (scrollY < 1) return null
  const parts = [...first.querySelectorAll(KEYED)].filter((part) => part.getClientRects().length)
  const tops = parts.map((part) => [keyOf(part), part.getBoundingClientRect().top])
  const above = tops.filter(([, top]) => top <= innerHeight / 3)
  return above.sort((one, other) => other[1] - one[1])[0] ?? null
}

/* What is unfolded in the app by a switch or a part of its own, which the server then draws. */
const SWITCHES = {
  ".fold": "[class*=st-key-table-] input",
  ".expander": ".stExpander summary",
}

function findSwitches() {
  return Object.entries(SWITCHES).flatMap(([unfolded, own]) =>
    [...first.querySelectorAll(`${unfolded}[open]`)].map((part) => {
      const card = part.closest("[class*=st-key-card-]")
      return card && root.querySelector(`.${CSS.escape(keyOf(card))} ${own}`)
    }),
  )
}

function takeOver() {
  const place = findPlace()
  const top = scrollY
  const opened = [...first.querySelectorAll("details[open] > summary")].map(nameOf)
  const switches = findSwitches()
  const focused = first.contains(document.activeElement) ? document.activeElement : null
  delete document.documentElement.dataset.first
  first.remove()
  for (const one of switches) one?.click()
  for (const summary of root.querySelectorAll(".stHtml details > summary")) {
    const at = opened.indexOf(nameOf(summary))
    if (at < 0) continue
    opened.splice(at, 1)
    summary.parentElement.open = true
  }
  const main = root.querySelector("[data-testid=stMain]")
  const part = place && root.querySelector(`.${CSS.escape(place[0])}`)
  if (part) main.scrollTop += part.getBoundingClientRect().top - place[1]
  else if (top) main.scrollTop = top
  if (focused) {
    const alike = [...root.querySelectorAll("a, summary, button")].filter((one) =>
      textOf(one).endsWith(textOf(focused)),
    )
    const same = alike.find((one) => one.nodeName === focused.nodeName) ?? alike[0]
    same?.focus({ preventScroll: true })
  }
}

if (isThere()) {
  const look = () => {
    if (!first.isConnected) {
      looking.disconnect()
      clearInterval(again)
    } else if (isDrawn() && !isBusy()) takeOver()
  }
  const looking = new MutationObserver(look)
  looking.observe(root, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ["data-test-script-state", "data-test-connection-state"],
  })
  const again = setInterval(look, 250)
}
