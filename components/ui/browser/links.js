/* Follows links between the pages of the dashboard without loading it again.
 *
 * The address changes as the browser itself would change it. Then a popstate event is dispatched,
 * as for Back and Forward, on which Streamlit runs the page. The browser handles any other click.
 */

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
  const main = document.querySelector("[data-testid=stMain]")
  if (!main) return
  main.scrollTo(0, 0)
  main.setAttribute("tabindex", "-1")
  main.style.outline = "none"
  main.focus({ preventScroll: true })
}

export default function () {
  const follow = (event) => {
    if (event.defaultPrevented || !isPlain(event)) return
    const link = event.target.closest?.("a, summary, button") ?? rowLink(event.target)
    if (!link?.matches("a.inside") || link.origin !== location.origin) return
    event.preventDefault()
    const before = new URL(location.href)
    visit(link.href)
    const after = new URL(link.href)
    const isOther = (name) => before.searchParams.get(name) !== after.searchParams.get(name)
    if (before.pathname !== after.pathname || isOther("project")) goToTop()
  }
  const go = (event) => visit(event.detail)
  document.addEventListener("click", follow)
  document.addEventListener("pledge:visit", go)
  return () => {
    document.removeEventListener("click", follow)
    document.removeEventListener("pledge:visit", go)
  }
}
