/* Leads keyboards and screen readers where Streamlit leaves them: into what a button opened, past
 * the navigation, to a name for every control, and to the result of a choice.
 */

const FIELDS = "a[href], button:not(:disabled), input:not(:disabled), summary, [tabindex='0']"
const fieldsIn = (box) => [...box.querySelectorAll(FIELDS)].filter((one) => one.checkVisibility())

/* What opens below a button is at the end of the document: Tab goes in and out as if it followed. */
let opener = null
let opened = null
function followPopover() {
  const now = document.querySelector("[data-testid=stPopoverBody]")
  if (now === opened) return
  const before = opened
  opened = now
  if (now) {
    opener = document.querySelector("[data-testid=stPopover] button[aria-expanded=true]")
    now.setAttribute("tabindex", "-1")
    now.focus({ preventScroll: true })
  } else if (before && (document.activeElement === document.body || !document.activeElement)) {
    opener?.focus({ preventScroll: true })
  }
}

function leavePopover(event) {
  if (event.key !== "Tab" || !opened || !opener) return
  const inside = fieldsIn(opened)
  const at = document.activeElement
  if (event.shiftKey) {
    isGoingBack = opened.contains(at)
  } else if (at === opener && inside.length) {
    event.preventDefault()
    opened.focus()
  } else if (at === inside.at(-1)) {
    const all = fieldsIn(document.querySelector("[data-testid=stMain]"))
    event.preventDefault()
    ;(all[all.indexOf(opener) + 1] ?? opener).focus()
  }
}

let isGoingBack = false
function returnToOpener({ target }) {
  if (isGoingBack && opened && !opened.contains(target)) opener.focus()
  isGoingBack = false
}

/* Streamlit's link skips to a frame whose first content is the navigation again. */
function skip(event) {
  if (!event.target.closest?.("[data-testid=stSkipToContent]")) return
  const title = document.querySelector("h1")
  if (!title) return
  event.preventDefault()
  event.stopPropagation()
  title.setAttribute("tabindex", "-1")
  title.focus()
}

const COLON = { ja: "：" }

/* "Table" and "Download" stand in every card: each gets the name of its card too. */
function nameControls() {
  for (const card of document.querySelectorAll("[class*=st-key-card-]")) {
    const title = card.querySelector("h2")?.textContent
    for (const control of title ? card.querySelectorAll(".stCheckbox input, .stButton button") : []) {
      const own = control.closest("label, button").textContent.replace(/^[a-z_]+(?=[A-Z\u3040-\u9fff])/, "")
      const name = `${own.trim()}${COLON[document.documentElement.lang] ?? ": "}${title}`
      if (control.getAttribute("aria-label") !== name) control.setAttribute("aria-label", name)
    }
  }
}

/* A choice changes what is far from it on the page: its result is said. */
let result = null
function announce() {
  const now = [...document.querySelectorAll(".stHtml .result")].at(-1)?.textContent
  if (!now || now === result) return
  const isFirst = result === null
  result = now
  let status = document.querySelector("#status")
  if (!status) {
    status = document.createElement("div")
    status.id = "status"
    status.setAttribute("role", "status")
    // An open list hides all else from screen readers, but not this.
    status.dataset.liveAnnouncer = "true"
    document.body.append(status)
  }
  if (!isFirst) status.textContent = now
}

let isDue = false
new MutationObserver(() => {
  if (isDue) return
  isDue = true
  setTimeout(() => {
    isDue = false
    followPopover()
    nameControls()
    announce()
  })
}).observe(document, { childList: true, subtree: true, characterData: true })
document.addEventListener("keydown", leavePopover, true)
document.addEventListener("focusin", returnToOpener)
document.addEventListener("click", skip, true)
