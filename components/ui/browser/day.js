/* A slider over the days of the data, with a mark for every day on which something happened.
 *
 * It changes the parameter as_of of the address; links.js then makes Streamlit run the page.
 */

const DAY_MS = 86_400_000
const toDay = (text) => Math.round(Date.parse(text) / DAY_MS)
const toText = (day) => new Date(day * DAY_MS).toISOString().slice(0, 10)

export default function ({ parentElement, data }) {
  const slider = parentElement.querySelector("input")
  const said = parentElement.querySelector("output")
  const strip = parentElement.querySelector(".marks")
  const [earlier, later] = parentElement.querySelectorAll("button")
  const first = toDay(data.first)
  const last = toDay(data.last)
  const marks = data.marks.map(([text, words]) => ({ day: toDay(text), words }))

  const written = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" })
  const tell = () => {
    const day = Number(slider.value)
    const here = marks.find((mark) => mark.day === day)
    const words = `${written.format(day * DAY_MS)}${here ? `: ${here.words}` : ""}`
    said.textContent = words
    slider.setAttribute("aria-valuetext", words)
    earlier.disabled = !marks.some((mark) => mark.day < day)
    later.disabled = day >= last
  }
  const go = (day) => {
    const address = new URL(location.href)
    if (day >= last) address.searchParams.delete("as_of")
    else address.searchParams.set("as_of", toText(day))
    document.dispatchEvent(new CustomEvent("pledge:visit", { detail: address.href }))
  }

  slider.min = first
  slider.max = last
  slider.value = toDay(data.value)
  slider.oninput = tell
  slider.onchange = () => go(Number(slider.value))
  earlier.onclick = () => go(marks.filter((mark) => mark.day < Number(slider.value)).at(-1).day)
  later.onclick = () => go(marks.find((mark) => mark.day > Number(slider.value))?.day ?? last)
  strip.replaceChildren(
    ...marks.map((mark) => {
      const tick = document.createElement("span")
      tick.style.left = `${(100 * (mark.day - first)) / Math.max(last - first, 1)}%`
      tick.title = `${toText(mark.day)}: ${mark.words}`
      return tick
    }),
  )
  tell()
}
