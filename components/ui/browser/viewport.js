/* Tells the server how wide the window is, when its guess is off by more than a scrollbar. */

const TOLERANCE_PX = 24
const SETTLE_MS = 250

export default function ({ data, setStateValue }) {
  let known = data.width
  const report = () => {
    // On paper the page keeps what was drawn for the screen.
    if (matchMedia("print").matches) return
    const width = document.documentElement.clientWidth
    if (Math.abs(width - known) <= TOLERANCE_PX) return
    known = width
    setStateValue("width", width)
  }
  let settling
  const wait = () => {
    clearTimeout(settling)
    settling = setTimeout(report, SETTLE_MS)
  }
  report()
  window.addEventListener("resize", wait)
  return () => {
    clearTimeout(settling)
    window.removeEventListener("resize", wait)
  }
}
