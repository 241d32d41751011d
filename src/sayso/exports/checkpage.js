(() => {
  "use strict";
  // Everything can be read without this script: it filters, and keeps article and transcript at the same place.
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const wide = matchMedia("(min-width: 62rem)");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const how = () => (calm.matches ? "auto" : "smooth");

  for (const check of all("section.check")) {
    const pane = check.querySelector(".side.transcript");
    const quotes = all(".side.article .judged", check);
    const passages = new Map();
    if (pane) for (const each of all(".judged", pane))
      for (const number of each.dataset.p.split(" ")) passages.set(number, [...(passages.get(number) || []), each]);
    let at = null;

    const bring = (element) => {
      // Only the pane moves: scrollIntoView would move the page under the reader as well.
      if (!wide.matches) return;
      const box = pane.getBoundingClientRect(), spot = element.getBoundingClientRect();
      pane.scrollTo({ top: pane.scrollTop + spot.top - box.top - box.height / 3, behavior: how() });
    };

    const show = (number, follow) => {
      at = number;
      all(".on", check).forEach((element) => element.classList.remove("on"));
      quotes.filter((each) => each.dataset.v === number).forEach((each) => each.classList.add("on"));
      const said = passages.get(number) || [];
      said.forEach((each) => each.classList.add("on"));
      const card = document.getElementById(`card${number}`);
      if (card) card.classList.add("on");
      if (follow && said.length) bring(said[0]);
    };

    const chips = all(".chip", check);
    const pressed = () => chips.filter((chip) => chip.getAttribute("aria-pressed") === "true").map((chip) => chip.dataset.value);
    const filter = () => {
      const wanted = pressed();
      const out = (value) => wanted.length > 0 && !wanted.includes(value);
      all(".finding", check).forEach((card) => { card.hidden = out(card.dataset.value); });
      quotes.forEach((each) => each.classList.toggle("passed-over", out(each.dataset.value)));
    };
    all(".filter", check).forEach((row) => { row.hidden = false; });
    chips.forEach((chip) => chip.addEventListener("click", () => {
      chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
      filter();
    }));

    check.addEventListener("click", (event) => {
      const quote = event.target.closest(".side.article .judged");
      if (quote) return show(quote.dataset.v, true);
      const said = event.target.closest(".side.transcript .judged");
      if (said) {
        const number = said.dataset.p.split(" ")[0];
        show(number);
        const place = quotes.find((each) => each.dataset.v === number);
        if (place) place.scrollIntoView({ block: "center", behavior: how() });
        return undefined;
      }
      const card = event.target.closest(".finding");
      const link = event.target.closest("a[href^='#said']");
      if (card && (link || event.target.closest("a.number"))) {
        show(card.dataset.card, true);
        // On a wide page the pane has it already; the article comes into view beside it.
        const place = link && wide.matches && quotes.find((each) => each.dataset.v === card.dataset.card);
        if (place) {
          event.preventDefault();
          place.scrollIntoView({ block: "center", behavior: how() });
        }
      }
      return undefined;
    });

    // As the article scrolls, the pane follows the quote that the reader has come to.
    let waiting = false;
    const follow = () => {
      waiting = false;
      if (!pane || !wide.matches) return;
      const line = innerHeight * 0.35;
      const visible = quotes.filter((each) => passages.has(each.dataset.v) && !each.classList.contains("passed-over"))
        .map((each) => [each, each.getBoundingClientRect()])
        .filter(([, box]) => box.bottom > 0 && box.top < innerHeight);
      if (!visible.length) return;
      const [nearest] = visible.reduce((best, each) => (Math.abs(each[1].top - line) < Math.abs(best[1].top - line) ? each : best));
      if (nearest.dataset.v !== at) show(nearest.dataset.v, true);
    };
    addEventListener("scroll", () => {
      if (!waiting) { waiting = true; requestAnimationFrame(follow); }
    }, { passive: true });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { at = null; all(".on", check).forEach((element) => element.classList.remove("on")); }
    });
  }
})();
