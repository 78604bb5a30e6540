/* Tells the server how wide the window is, when its guess is off by more than a scrollbar. */

const TOLERANCE_PX = 24
const DEBOUNCE_MS = 250

export default function ({ data, setStateValue }) {
  let known = data.width
  const report = () => {
    // When printing, the page stays as it was drawn for the screen.
    if (matchMedia("print").matches) return
    const width = document.documentElement.clientWidth
    if (Math.abs(width - known) <= TOLERANCE_PX) return
    known = width
    setStateValue("width", width)
  }
  let timer
  const wait = () => {
    clearTimeout(timer)
    timer = setTimeout(report, DEBOUNCE_MS)
  }
  report()
  window.addEventListener("resize", wait)
  return () => {
    clearTimeout(timer)
    window.removeEventListener("resize", wait)
  }
}
