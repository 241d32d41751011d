// Keeps article and transcript at the same place, and filters the findings. All of it can be read without.
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const wide = matchMedia("(min-width: 62rem)");
const how = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");
const check = document.querySelector("section.check");
const pane = check.querySelector(".side.transcript");
const quotes = all(".side.article .judged", check);
const refs = all(".side.article .ref", check);
const passages = new Map();
for (const each of pane ? all(".judged", pane) : [])
  for (const number of each.dataset.p.split(" ")) passages.set(number, [...(passages.get(number) || []), each]);
const numberOf = (ref) => ref.hash.slice("#card".length);
let at = null;

const bring = (element) => {
  // Only the pane moves: scrollIntoView would move the page under the reader as well.
  if (!wide.matches) return element.scrollIntoView({ block: "center", behavior: how() });
  const box = pane.getBoundingClientRect(), spot = element.getBoundingClientRect();
  return pane.scrollTo({ top: pane.scrollTop + spot.top - box.top - box.height / 3, behavior: how() });
};
const mark = (number) => {
  at = number;
  for (const each of all(".on", check)) each.classList.remove("on");
  if (!number) return;
  for (const each of quotes) if (each.dataset.v === number) each.classList.add("on");
  for (const each of passages.get(number) || []) each.classList.add("on");
  for (const each of refs) if (numberOf(each) === number) each.classList.add("on");
  document.getElementById(`card${number}`).classList.add("on");
};
const show = (number) => {
  mark(number);
  const said = number && passages.get(number);
  if (said && wide.matches) bring(said[0]);
};
const toPassage = (number) => {
  const said = passages.get(number);
  if (!said) return false;
  mark(number);
  said[0].tabIndex = -1;
  said[0].focus({ preventScroll: true });
  bring(said[0]);
  return true;
};
const toQuote = (number) => {
  mark(number);
  const ref = refs.find((each) => numberOf(each) === number);
  if (!ref) return;
  ref.focus({ preventScroll: true });
  ref.scrollIntoView({ block: "center", behavior: how() });
};

const chips = all(".chip", check), everything = check.querySelector(".filter .all");
const filter = () => {
  const wanted = chips.filter((chip) => chip.hasAttribute("aria-current")).map((chip) => chip.dataset.value);
  const out = (value) => wanted.length > 0 && !wanted.includes(value);
  for (const card of all(".finding", check)) card.hidden = out(card.dataset.value);
  for (const each of quotes) each.classList.toggle("passed-over", out(each.dataset.value));
  if (everything) everything.hidden = wanted.length === 0;
  const address = new URL(location.href);
  address.searchParams.delete("show");
  for (const value of wanted) address.searchParams.append("show", value);
  history.replaceState(null, "", address);
};
for (const chip of chips) chip.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (chip.hasAttribute("aria-current")) chip.removeAttribute("aria-current"); else chip.setAttribute("aria-current", "true");
  filter();
});
if (everything) everything.addEventListener("click", (event) => {
  event.preventDefault();
  for (const chip of chips) chip.removeAttribute("aria-current");
  filter();
});
if (chips.some((chip) => chip.hasAttribute("aria-current"))) filter();

check.addEventListener("click", (event) => {
  const quote = event.target.closest(".side.article .judged");
  if (quote) return show(quote.dataset.v);
  const said = event.target.closest(".side.transcript .judged");
  if (said) return toQuote(said.dataset.p.split(" ")[0]);
  const card = event.target.closest(".finding"), link = event.target.closest("a.where, a.number");
  if (card && link && link.hash) {
    const number = card.dataset.card;
    if (link.matches(".number")) { event.preventDefault(); toQuote(number); show(number); }
    else if (wide.matches) {
      event.preventDefault();
      show(number);
      const place = quotes.find((each) => each.dataset.v === number);
      if (place) place.scrollIntoView({ block: "center", behavior: how() });
      toPassage(number);
    } else mark(number);
  }
  return undefined;
});
check.addEventListener("focusin", (event) => {
  if (event.target.matches(".side.article .ref") && event.target.matches(":focus-visible")) show(numberOf(event.target));
});

// As the article scrolls, the pane follows the quote that the reader has come to.
let waiting = false;
const follow = () => {
  waiting = false;
  if (!pane || !wide.matches || pane.contains(document.activeElement)) return;
  const line = innerHeight * 0.35;
  const seen = quotes.filter((each) => passages.has(each.dataset.v) && !each.classList.contains("passed-over"))
    .map((each) => [each, each.getBoundingClientRect()])
    .filter(([, box]) => box.bottom > 0 && box.top < innerHeight);
  if (!seen.length || refs.includes(document.activeElement)) return;
  const [nearest] = seen.reduce((best, each) => (Math.abs(each[1].top - line) < Math.abs(best[1].top - line) ? each : best));
  if (nearest.dataset.v !== at) show(nearest.dataset.v);
};
addEventListener("scroll", () => {
  if (!waiting) { waiting = true; requestAnimationFrame(follow); }
}, { passive: true });

const letters = document.querySelector("[data-letters]");
try { letters.checked = localStorage.getItem("sayso-letters") !== "off"; } catch { /* no storage, no memory */ }
letters.addEventListener("change", () => { try { localStorage.setItem("sayso-letters", letters.checked ? "on" : "off"); } catch { /* likewise */ } });
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  if (event.key === "Escape") {
    if (at && pane && pane.contains(document.activeElement)) toQuote(at);
    else mark(null);
    return;
  }
  if (event.key === "Enter" && refs.includes(event.target)) {
    if (toPassage(numberOf(event.target))) event.preventDefault();
    return;
  }
  if (!letters.checked || (event.key !== "j" && event.key !== "k")) return;
  const open = refs.filter((each) => !document.getElementById(`card${numberOf(each)}`).hidden);
  const place = open.findIndex((each) => numberOf(each) === at);
  const next = open[event.key === "j" ? place + 1 : place - 1];
  if (next) { event.preventDefault(); toQuote(numberOf(next)); show(numberOf(next)); }
});
for (const each of all("[data-print]")) { each.hidden = false; each.addEventListener("click", () => print()); }
