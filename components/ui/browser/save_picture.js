/* Saves the print figure of the download menu, as the browser draws it.
 *
 * The figure below the buttons is the picture itself, at the size it is designed for. Plotly's own
 * (hidden) camera button draws the file, with the options set here.
 */

const FRAME = ".st-key-print-preview"
const NOTICE_SECONDS = 4
const LOOK_MS = 100

const findPlot = () => document.querySelector(`${FRAME} .js-plotly-plot`)

/* Shows the picture where it has room; a narrow screen would show half of it. */
function showIfItFits(plot, picture) {
  const frame = plot.closest(FRAME)
  plot.querySelector(".modebar-container").style.visibility = "hidden"
  if (frame.clientWidth < picture.width) {
    Object.assign(frame.style, { position: "absolute", opacity: "0", pointerEvents: "none" })
  }
}

/* Plotly shows notices in its own style, which are not needed: the browser shows the download. */
function hidePlotlyNotices() {
  const clear = () => document.querySelectorAll(".plotly-notifier").forEach((box) => box.remove())
  const sweeping = setInterval(clear, 30)
  setTimeout(() => clearInterval(sweeping), NOTICE_SECONDS * 1000)
}

function save(plot, picture) {
  plot._context.toImageButtonOptions = picture
  hidePlotlyNotices()
  plot.querySelector(".modebar-btn").click()
}

/* Polls: figure and button appear, and may be drawn again, in any order. */
export default function ({ parentElement, data }) {
  const button = parentElement.querySelector("button")
  button.textContent = data.label
  button.onclick = () => save(findPlot(), data.picture)
  const attach = () => {
    const plot = findPlot()
    if (!plot?.querySelector(".modebar-btn")) return
    showIfItFits(plot, data.picture)
    button.disabled = false
  }
  const looking = setInterval(attach, LOOK_MS)
  return () => clearInterval(looking)
}
