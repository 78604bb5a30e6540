/* Says what works while the page has no server, and carries on once it has one again.
 *
 * Until the app has drawn it, the page stands as the server sent it: after a while a sentence says
 * why, from the template that the server puts into the page. A script that does not load is asked
 * for once more with the page; then a sentence stands in its place.
 */

const FIRST_CONTENT_MS = 15_000
const ANSWER_MS = 20_000
const BUSY = 1013 // The server has as many visitors as it takes.
const RERUN_TAG = 0x5a // The first byte of a BackMsg that asks for a run: field 11, with a length.
const RELOADED = "pledge:reloaded"
const RELOAD_AGAIN_MS = 300_000

let isAnswering = false

/* A connection on which a run was asked for and nothing came back is cut, and Streamlit makes
   another: a phone that slept, or a train in a tunnel, would wait a quarter of an hour for it.
   A run is announced at once; a file may take the server minutes, and is lost with its
   connection: what else is asked for has all the time. */
window.WebSocket = class extends WebSocket {
  #waiting

  constructor(...parts) {
    super(...parts)
    this.addEventListener("message", () => {
      isAnswering = true
      clearTimeout(this.#waiting)
    })
    this.addEventListener("close", ({ code }) => {
      isAnswering = false
      setTimeout(noteSilence, FIRST_CONTENT_MS)
      clearTimeout(this.#waiting)
      if (code === BUSY) showOutage("busy")
    })
  }

  send(message) {
    super.send(message)
    if (message[0] !== RERUN_TAG) return
    dispatchEvent(new Event("pledge:run"))
    clearTimeout(this.#waiting)
    this.#waiting = setTimeout(() => this.close(), ANSWER_MS)
  }
}

/* What was chosen or visited meanwhile is only in the page: the server is asked to run it. */
let wasConnected = false
let wasCut = false
function followConnection() {
  const state = document.querySelector("[data-testid=stApp]")?.dataset.testConnectionState
  const isConnected = state === "CONNECTED"
  if (wasConnected && !isConnected) wasCut = true
  wasConnected = isConnected
  if (!isConnected || !wasCut) return
  wasCut = false
  dispatchEvent(new PopStateEvent("popstate", { state: history.state }))
}

const CONTENT = "#root [data-testid=stElementContainer]:not(:has([data-testid=stAppSkeleton]))"
const hasContent = () => document.querySelector(CONTENT) !== null

const reasons = () => document.querySelector("template#app")?.dataset ?? {}

const wayAgain = () =>
  Object.assign(document.createElement("a"), { href: "", textContent: reasons().again })

function showOutage(why) {
  if (hasContent() || document.querySelector("p.missing[role]")) return
  const words = document.createElement("p")
  words.className = "missing"
  words.setAttribute("role", "alert")
  words.append(`${reasons()[why]} `, wayAgain())
  const place = document.querySelector("#first")
  if (place) place.prepend(words)
  else document.querySelector("#root").before(words)
}

/* A slow browser may still be drawing what the server sent: then the server is not silent. */
function noteSilence() {
  if (!isAnswering) showOutage("silence")
}

function hideOutage() {
  if (hasContent()) document.querySelector("p.missing[role]")?.remove()
}

function isReloadedLately() {
  try {
    const before = Number(sessionStorage.getItem(RELOADED))
    sessionStorage.setItem(RELOADED, Date.now())
    return Date.now() - before < RELOAD_AGAIN_MS
  } catch {
    return true // Without a memory it might reload for ever.
  }
}

let isScriptMissing = false
function miss() {
  if (isScriptMissing) return
  isScriptMissing = true
  if (isReloadedLately()) showOutage("script")
  else location.reload()
}

/* Streamlit shows the raw error in place of what could not be drawn. */
function explainErrors() {
  const said = reasons().part
  for (const stack of document.querySelectorAll("[data-testid=stErrorElementStack]")) {
    const place = stack.closest("[data-testid=stElementContainer]")
    if (!place || place.querySelector(".part-missing")) continue
    const words = document.createElement("p")
    words.className = "part-missing"
    words.setAttribute("role", "alert")
    words.append(`${said ?? ""} `, wayAgain())
    place.append(words)
  }
}

addEventListener("vite:preloadError", miss)
addEventListener("error", ({ target }) => target?.nodeName === "SCRIPT" && miss(), true)
new MutationObserver(() => {
  followConnection()
  hideOutage()
  explainErrors()
}).observe(document, {
  childList: true,
  subtree: true,
  attributes: true,
  attributeFilter: ["data-test-connection-state"],
})
setTimeout(noteSilence, FIRST_CONTENT_MS)
