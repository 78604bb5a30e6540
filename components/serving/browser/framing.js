/* Tells the page that shows a card in a frame how high the card is, and again when that changes.
 *
 * The other half is in the code that the dashboard offers for embedding. It says the height to
 * any page: a height is no secret, and whoever may show the card is decided by the server.
 */

const NAME = "us-japan-pledge"
const card = new URLSearchParams(location.search).get("card")

if (card && parent !== window) {
  let content = null
  let told = 0

  const tell = () => {
    const height = content ? Math.ceil(content.getBoundingClientRect().height) : 0
    if (!height || height === told) return
    told = height
    parent.postMessage({ [NAME]: { card, height } }, "*")
  }
  const sizes = new ResizeObserver(tell)

  /* Not before all is there: a frame that grows with every part would push the page about. */
  const find = () => {
    const first = document.querySelector("#first:has(> p.missing)")
    const app = document.querySelector("[data-test-script-state=notRunning]")
    const now = first ?? app?.querySelector("[data-testid=stMainBlockContainer]:has(.stHtml h2)")
    if (!now || now === content) return
    sizes.disconnect()
    content = now
    sizes.observe(content)
  }

  new MutationObserver(find).observe(document, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ["data-test-script-state"],
  })
  /* Once more for a page that heard nothing, because its script came after the card. */
  addEventListener("resize", () => {
    told = 0
    tell()
  })
}
