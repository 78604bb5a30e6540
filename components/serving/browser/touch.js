/* Lets a finger on a chart scroll the page.
 *
 * Plotly takes every touch of a chart that can be clicked for the start of a drag. Unheard of it,
 * the browser scrolls, and a tap arrives as the click that it is.
 */

for (const kind of ["touchstart", "touchmove", "touchend"]) {
  const keep = (event) => event.target.closest?.(".draglayer") && event.stopImmediatePropagation()
  document.addEventListener(kind, keep, { capture: true, passive: true })
}
