/* A slider over the days of the data, with a mark for every day on which something happened.
 *
 * Its words and how a day is written come with the data. It changes the parameter as_of of the address; links.js then makes Streamlit run the page.
 */

const DAY_MS = 86_400_000
const toDay = (text) => Math.round(Date.parse(text) / DAY_MS)
const toText = (day) => new Date(day * DAY_MS).toISOString().slice(0, 10)

export default function ({ parentElement, data }) {
  const slider = parentElement.querySelector("input")
  const said = parentElement.querySelector("output")
  const strip = parentElement.querySelector(".marks")
  const [earlier, later] = parentElement.querySelectorAll("button")
  const { words } = data
  const first = toDay(data.first)
  const last = toDay(data.last)
  const marks = data.marks.map(([text, events]) => ({ day: toDay(text), events }))

  const written = new Intl.DateTimeFormat(data.locale, { dateStyle: "long", timeZone: "UTC" })
  const withEvents = (day, { events }) =>
    words.day.replace("{day}", () => day).replace("{events}", () => events)
  const tell = () => {
    const day = Number(slider.value)
    const here = marks.find((mark) => mark.day === day)
    const text = here ? withEvents(written.format(day * DAY_MS), here) : written.format(day * DAY_MS)
    said.textContent = text
    slider.setAttribute("aria-valuetext", text)
    earlier.disabled = !marks.some((mark) => mark.day < day)
    later.disabled = day >= last
  }
  const go = (day) => {
    const address = new URL(location.href)
    if (day >= last) address.searchParams.delete("as_of")
    else address.searchParams.set("as_of", toText(day))
    document.dispatchEvent(new CustomEvent("pledge:visit", { detail: address.href }))
  }

  slider.setAttribute("aria-label", words.slider)
  earlier.textContent = words.earlier
  later.textContent = words.later
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
      tick.title = withEvents(toText(mark.day), mark)
      return tick
    }),
  )
  tell()
}
