"use strict";
// Shows the drawing that suits the window, its light or dark mode, and paper.
addEventListener("DOMContentLoaded", () => {
  const PRINT_WIDTH = 640;
  const { drawn, hover } = JSON.parse(document.getElementById("drawings").textContent);
  const box = document.getElementById("drawing");
  const darkness = matchMedia("(prefers-color-scheme: dark)");
  const show = box.classList.contains("map") ? map() : chart;
  let isPrinting = false;
  let shown = "";

  function chart(drawing, width) {
    // Plotly modifies the object it gets.
    const { data, layout } = structuredClone(drawing);
    const config = { displayModeBar: false, displaylogo: false, doubleClick: false, scrollZoom: false };
    Plotly.newPlot(box, data, { ...layout, width }, config);
  }

  function map() {
    const [frameWidth, frameHeight] = box.dataset.frame.split(" ").map(Number);
    let deck, view, fitted;

    function whole(width) {
      const zoom = Math.log2(Math.max(width - 12, 60) / frameWidth);
      const target = [frameWidth / 2, frameHeight / 2, 0];
      return { target, zoom, minZoom: zoom - 0.5, maxZoom: zoom + 5 };
    }

    function move(next) {
      view = next;
      deck.setProps({ initialViewState: { ...view } });
    }

    for (const button of document.querySelectorAll("[data-zoom]")) {
      const step = Number(button.dataset.zoom);
      button.addEventListener("click", () => {
        if (!step) return move(whole(box.clientWidth));
        const zoom = Math.min(Math.max(view.zoom + step * 0.75, view.minZoom), view.maxZoom);
        return move({ ...view, zoom });
      });
    }
    // The wheel scrolls the page unless a key is held.
    const leave = (event) => event.ctrlKey || event.metaKey || event.stopImmediatePropagation();
    box.addEventListener("wheel", leave, { capture: true, passive: true });
    box.addEventListener("pointerleave", () => tell({}));

    return (drawing, width) => {
      // A new width resets the view of the map; new colours do not.
      if (width !== fitted && !isPrinting) view = whole(width);
      fitted = isPrinting ? fitted : width;
      const scene = { ...drawing, initialViewState: { ...view } };
      if (deck) {
        updateDeck(scene, deck);
        // Printing does not wait for the next frame.
        return deck.redraw("drawn anew");
      }
      deck = createDeck({ container: box, jsonInput: scene });
      return deck.setProps({
        onViewStateChange: (change) => { view = change.viewState; tell({}); },
        onHover: tell,
        onClick: tell,
      });
    };
  }

  function tell({ object, x, y }) {
    const tooltip = document.getElementById("tooltip");
    const words = object && hover[object.properties.state];
    tooltip.hidden = !words;
    if (!words) return;
    tooltip.children[0].textContent = words[0];
    tooltip.children[1].textContent = words[1];
    tooltip.style.left = `${Math.max(Math.min(x + 12, box.clientWidth - tooltip.offsetWidth), 0)}px`;
    tooltip.style.top = `${box.offsetTop + y + 12}px`;
  }

  function draw() {
    const mode = darkness.matches && !isPrinting ? "dark" : "light";
    const width = box.clientWidth;
    const widths = Object.keys(drawn[mode]).map(Number);
    const fitting = Math.max(...widths.filter((one) => one <= width), Math.min(...widths));
    if (shown === `${mode} ${width}`) return;
    shown = `${mode} ${width}`;
    show(drawn[mode][fitting], width);
  }

  function print(is) {
    isPrinting = is;
    box.style.width = is ? `${PRINT_WIDTH}px` : "";
    const details = document.querySelector("details");
    if (is) details.dataset.wasOpen = details.open;
    details.open = is || details.dataset.wasOpen === "true";
    draw();
  }

  draw();
  new ResizeObserver(() => requestAnimationFrame(draw)).observe(box);
  darkness.addEventListener("change", draw);
  addEventListener("beforeprint", () => print(true));
  addEventListener("afterprint", () => print(false));
});
