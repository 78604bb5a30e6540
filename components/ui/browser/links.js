/* Follows links between the pages of the dashboard, and to places in a page, without loading it
 * again; Back and Forward return to the place that was left.
 *
 * The address changes as the browser itself would change it. Then a popstate event is dispatched,
 * as for Back and Forward, on which Streamlit runs the page. The browser handles any other click.
 */

const START_MS = 3_000
const PATIENCE_MS = 15_000
const LOOK_MS = 100
const STILL_LOOKS = 5

const main = () => document.querySelector("[data-testid=stMain]")
const isRunning = () =>
  document.querySelector("[data-testid=stApp]")?.dataset.testScriptState !== "notRunning"

const isPlain = (event) =>
  event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey

/* A click anywhere in a row of a list follows its first link. */
function rowLink(target) {
  const isSelecting = String(getSelection()) !== ""
  return isSelecting ? null : target.closest?.("table.opens tbody tr")?.querySelector("a.inside")
}

function visit(address) {
  history.pushState({}, "", address)
  dispatchEvent(new PopStateEvent("popstate", { state: {} }))
}

/* Scroll position and focus (for screen readers) move to the top of the new page. */
function goToTop() {
  if (!main()) return
  main().scrollTo(0, 0)
  main().setAttribute("tabindex", "-1")
  main().style.outline = "none"
  main().focus({ preventScroll: true })
}

/* Shared links may have the names without "about-" that places once had. */
const findPlace = () => {
  const name = decodeURIComponent(location.hash.slice(1))
  return document.getElementById(name) ?? document.getElementById(`about-${name}`)
}
const topOf = (place) =>
  place.getBoundingClientRect().top - main().getBoundingClientRect().top + main().scrollTop

let holding = null
function letGo() {
  clearInterval(holding)
  holding = null
}

/* Keeps a scroll position while the page is drawn around it, until the reader moves. The page that
   was left may still be there for a while, before the server runs the other. */
function hold(findTop) {
  letGo()
  const start = Date.now()
  let still = 0
  let hasRun = false
  holding = setInterval(() => {
    const top = findTop()
    if (top !== null) main()?.scrollTo(0, top)
    hasRun ||= isRunning() || Date.now() - start > START_MS
    const isThere = top !== null && Math.abs(main().scrollTop - top) < 1
    still = hasRun && isThere && !isRunning() ? still + 1 : 0
    if (Date.now() - start > PATIENCE_MS || still >= STILL_LOOKS) letGo()
  }, LOOK_MS)
}

function goToPlace() {
  hold(() => (findPlace() ? topOf(findPlace()) : null))
}

export default function () {
  const follow = (event) => {
    if (event.defaultPrevented || !isPlain(event)) return
    const link = event.target.closest?.("a, summary, button") ?? rowLink(event.target)
    if (link?.matches(".stHtml a[href^='#']")) {
      event.preventDefault()
      history.pushState({}, "", link.hash)
      findPlace()?.focus({ preventScroll: true })
      goToPlace()
      return
    }
    if (!link?.matches("a.inside") || link.origin !== location.origin) return
    event.preventDefault()
    const before = new URL(location.href)
    visit(link.href)
    const after = new URL(link.href)
    const isOther = (name) => before.searchParams.get(name) !== after.searchParams.get(name)
    if (before.pathname !== after.pathname || isOther("project")) goToTop()
  }
  const go = (event) => visit(event.detail)
  const comeBack = (event) => {
    if (!event.isTrusted) return
    if (location.hash) goToPlace()
    else hold(() => event.state?.top ?? 0)
  }
  let timer
  const remember = () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      if (!holding) history.replaceState({ ...history.state, top: main().scrollTop }, "")
    }, LOOK_MS)
  }
  const own = new AbortController()
  const { signal } = own
  document.addEventListener("click", follow, { signal })
  document.addEventListener("pledge:visit", go, { signal })
  addEventListener("popstate", comeBack, { signal })
  document.addEventListener("scroll", remember, { signal, capture: true, passive: true })
  for (const move of ["wheel", "touchstart", "mousedown", "keydown"]) {
    document.addEventListener(move, letGo, { signal, capture: true, passive: true })
  }
  if (location.hash) goToPlace()
  return () => own.abort()
}
