/* Tells the server how wide the window is, when its guess is off by more than a scrollbar, how high
   the reader's text is, that the page is now light or dark, when it was drawn for the other, how
   high the window is, when the map takes too much of it, and that there is no WebGL. */

const TOLERANCE_PX = 24
const DEBOUNCE_MS = 250
const LOOK_MS = 500
const MAP = "[data-testid=stDeckGlJsonChart]"

/* A phone's bars come and go with every scroll. */
const HEIGHT_TOLERANCE_PX = 120
const root = document.documentElement
const hasWebgl = document.createElement("canvas").getContext("webgl2") !== null

export default function ({ data, setStateValue }) {
  let { width, scheme, height } = data
  // When printing, the page stays as it was drawn for the screen.
  const isPrinting = () => matchMedia("print").matches

  const reportWidth = () => {
    const now = root.clientWidth
    if (isPrinting() || Math.abs(now - width) <= TOLERANCE_PX) return
    width = now
    setStateValue("width", now)
  }
  const reportHeight = () => {
    const isHigh = document.querySelector(MAP)?.clientHeight > data.share * innerHeight + 1
    const isOther = height && Math.abs(innerHeight - height) > HEIGHT_TOLERANCE_PX
    if (isPrinting() || !(height ? isOther : isHigh)) return
    height = innerHeight
    setStateValue("height", height)
  }
  const looking = setInterval(reportHeight, LOOK_MS)
  let timer
  const wait = () => {
    clearTimeout(timer)
    timer = setTimeout(reportWidth, DEBOUNCE_MS)
  }

  const app = document.querySelector("[data-testid=stApp]")
  const reportScheme = () => {
    const now = getComputedStyle(app).colorScheme
    if (isPrinting() || now === scheme) return
    scheme = now
    setStateValue("scheme", now)
  }
  const classes = new MutationObserver(reportScheme)

  reportWidth()
  reportScheme()
  const text = parseFloat(getComputedStyle(root).fontSize)
  if (text !== data.text) setStateValue("text", text)
  if (hasWebgl !== data.webgl) setStateValue("webgl", hasWebgl)
  /* For whoever waits until the page is drawn for this window. */
  const isRight = [width, scheme].every((now, at) => now === [data.width, data.scheme][at])
  if (isRight && text === data.text && hasWebgl === data.webgl) root.dataset.measured = ""
  window.addEventListener("resize", wait)
  classes.observe(app, { attributeFilter: ["class"] })
  return () => {
    clearTimeout(timer)
    clearInterval(looking)
    window.removeEventListener("resize", wait)
    classes.disconnect()
  }
}
