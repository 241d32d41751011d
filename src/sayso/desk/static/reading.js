// Ties text and notes of an article together. Without it every note stands beside its paragraph and can be read there.
const record = document.querySelector(".record");
const wide = matchMedia("(min-width: 62rem)");
const sheet = document.getElementById("sheet");
const refs = new Map(), notes = new Map(), places = new Map(), mentions = new Map();
const numbers = (list) => (list || "").split(" ").filter(Boolean);
const put = (map, key, value) => { const had = map.get(key); if (had) had.push(value); else map.set(key, [value]); };
for (const each of record.querySelectorAll("[data-ref]")) refs.set(each.dataset.ref, each);
for (const each of record.querySelectorAll("[data-note]")) notes.set(each.dataset.note, each);
for (const each of record.querySelectorAll("[data-a]")) for (const number of numbers(each.dataset.a)) put(places, number, each);
for (const each of record.querySelectorAll("[data-m]")) for (const number of numbers(each.dataset.m)) put(mentions, number, each);
const order = [...refs.keys()];
const tops = [...record.querySelectorAll(".notes > .gloss")];
const GAP = 8;

// Alignment: one pass that reads, one that writes, so that the browser lays out the page once.
let measured = [];
const measure = () => {
  const base = record.getBoundingClientRect().top;
  measured = tops.map((note) => ({ note, at: refs.get(note.dataset.note).getBoundingClientRect().top - base - 4, height: note.offsetHeight, top: 0 }));
  measured.sort((one, other) => one.at - other.at);
};
const lay = (lead) => {
  let end = -Infinity;
  for (const each of measured) { each.top = Math.max(each.at, end); end = each.top + each.height + GAP; }
  const place = lead ? measured.findIndex((each) => each.note === lead) : -1;
  if (place >= 0) {
    // The note in hand stands at its line; those before it give way upwards, those behind it downwards.
    measured[place].top = measured[place].at;
    for (let i = place - 1; i >= 0; i--) measured[i].top = Math.min(Math.max(measured[i].at, 0), measured[i + 1].top - GAP - measured[i].height);
    end = measured[place].top + measured[place].height + GAP;
    for (let i = place + 1; i < measured.length; i++) { measured[i].top = Math.max(measured[i].at, end); end = measured[i].top + measured[i].height + GAP; }
  }
  for (const each of measured) {
    const top = `${Math.round(each.top)}px`;
    if (each.note.style.top !== top) each.note.style.top = top;
    each.note.classList.add("set");
  }
  record.style.minHeight = measured.length ? `${Math.ceil(end)}px` : "";
};
const align = () => {
  if (!wide.matches) { record.style.minHeight = ""; return; }
  performance.mark("align-start");
  measure();
  lay(leadOf(pinned));
  performance.measure("align", "align-start");
};
const leadOf = (number) => number && notes.get(number).closest(".notes > .gloss");

let pinned = null, shown = null, marked = [];
const mark = (element, ...names) => { element.classList.add(...names); marked.push([element, names]); };
const unmark = () => { for (const [element, names] of marked) element.classList.remove(...names); marked = []; };
const named = (speaker) => { for (const each of mentions.get(speaker) || []) mark(each, "named"); };
const show = (number) => {
  unmark();
  shown = number;
  if (!number) return;
  for (const each of places.get(number) || []) {
    const has = (role) => numbers(each.dataset[role]).includes(number);
    mark(each, "on", ...(has("source") ? ["on-source"] : []), ...(has("cue") ? ["on-cue"] : []));
  }
  mark(refs.get(number), "on");
  mark(notes.get(number), "on");
};

const unfold = (number, open) => {
  const note = notes.get(number);
  note.classList.toggle("open", open);
  note.querySelector(":scope > .face > .more").open = open;
};
const pin = (number) => {
  const before = pinned;
  if (before) { unfold(before, false); leadOf(before).classList.remove("front"); }
  pinned = number;
  show(number);
  if (number && wide.matches) { unfold(number, true); leadOf(number).classList.add("front"); }
  if (wide.matches && before !== number) {
    for (const note of new Set([leadOf(before), leadOf(number)])) {
      const each = note && measured.find((one) => one.note === note);
      if (each) each.height = note.offsetHeight;
    }
    lay(leadOf(number));
  }
};

// On a small screen the note comes as a sheet from below.
const openSheet = (number, focus) => {
  const copy = notes.get(number).cloneNode(true);
  for (const each of copy.querySelectorAll("details")) each.open = true;
  for (const each of [copy, ...copy.querySelectorAll("[id]")]) each.removeAttribute("id");
  sheet.querySelector(".sheetbody").replaceChildren(copy);
  if (!sheet.open) sheet.show();
  sheet.scrollTop = 0;
  if (focus) sheet.querySelector("[data-close]").focus({ preventScroll: true });
  const box = refs.get(number).getBoundingClientRect();
  if (box.bottom > innerHeight * 0.42 || box.top < 0) scrollBy({ top: box.top - innerHeight * 0.25, behavior: calm() });
};
const closeSheet = () => { if (sheet.open) sheet.close(); };
const calm = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth");

const go = (number, focus = true) => {
  pin(number);
  if (!number) return closeSheet();
  const ref = refs.get(number);
  if (wide.matches) {
    const box = ref.getBoundingClientRect();
    if (box.top < 80 || box.bottom > innerHeight * 0.75) scrollBy({ top: box.top - innerHeight * 0.35, behavior: calm() });
    if (focus) ref.focus({ preventScroll: true });
  } else openSheet(number, focus);
};
const step = (by) => {
  const at = pinned || shown;
  let next = at ? order.indexOf(at) + by : -1;
  if (!at) {
    // From where the reader is: the first statement below the top of the window.
    const below = order.findIndex((number) => refs.get(number).getBoundingClientRect().top > 60);
    next = by > 0 ? (below < 0 ? order.length - 1 : below) : (below < 0 ? order.length : below) - 1;
  }
  if (next >= 0 && next < order.length) go(order[next]);
};

const target = (event) => event.target.closest("[data-ref], [data-to], [data-back], [data-a], [data-note], [data-speaker]");
const innermost = (element) => element.dataset.ref || element.dataset.to || element.dataset.back || element.dataset.note || numbers(element.dataset.a).pop();
document.addEventListener("pointerover", (event) => {
  if (event.pointerType !== "mouse") return;
  const element = target(event);
  if (!element || sheet.contains(element)) return;
  if (element.dataset.speaker && !element.dataset.to) { unmark(); shown = null; named(element.dataset.speaker); }
  else if (innermost(element) !== shown) show(innermost(element));
});
document.addEventListener("pointerout", (event) => {
  if (event.pointerType === "mouse" && target(event) && !sheet.contains(event.target)) show(pinned);
});
document.addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const button = event.target.closest("[data-go], [data-close]");
  if (button && sheet.contains(button)) return button.dataset.go ? step(Number(button.dataset.go)) : leave();
  const link = event.target.closest("a[href]");
  const element = target(event);
  if (link && !(element && (link === element))) return undefined;
  if (!element) return event.target.closest("summary, button, input, label, dialog") ? undefined : leave();
  if (element.dataset.speaker && !element.dataset.to) return undefined;
  if (element.dataset.note && (sheet.contains(element) || getSelection().toString())) return undefined;
  if (element.dataset.a && getSelection().toString()) return undefined;
  event.preventDefault();
  if (element.dataset.a && !element.dataset.ref) {
    // The last number of a stretch is its innermost attribution; a second click on it goes one outwards.
    const list = numbers(element.dataset.a).reverse();
    return go(list[list.indexOf(pinned) + 1] || list[0], false);
  }
  return go(innermost(element), Boolean(element.dataset.ref || element.dataset.to || element.dataset.back));
});
const leave = () => {
  const was = pinned;
  pin(null);
  closeSheet();
  if (was) refs.get(was).focus({ preventScroll: true });
  if (was && document.activeElement === refs.get(was)) refs.get(was).blur();
};
document.addEventListener("focusin", (event) => {
  const element = target(event);
  if (!element || sheet.contains(element) || !event.target.matches(":focus-visible")) return;
  if (element.dataset.ref && wide.matches) pin(element.dataset.ref);
  else if (element.dataset.note) show(element.dataset.note);
});

// Of a text without statements the page has no key to them.
const letters = document.querySelector("[data-letters]") || document.createElement("input");
try { letters.checked = localStorage.getItem("sayso-letters") !== "off"; } catch { /* no storage, no memory */ }
letters.addEventListener("change", () => { try { localStorage.setItem("sayso-letters", letters.checked ? "on" : "off"); } catch { /* likewise */ } });
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  const key = event.key;
  if (key === "Escape") {
    const inside = event.target.closest(".gloss");
    if (inside && !sheet.contains(inside)) { event.preventDefault(); return refs.get(inside.dataset.note).focus(); }
    return leave();
  }
  const within = pinned && event.target.closest(".record, .sheet, body") && !event.target.closest("details, summary");
  if ((letters.checked && key === "j") || (within && key === "ArrowDown")) { event.preventDefault(); return step(1); }
  if ((letters.checked && key === "k") || (within && key === "ArrowUp")) { event.preventDefault(); return step(-1); }
  if (key === "Enter" && event.target.dataset.ref) {
    event.preventDefault();
    if (!wide.matches) return go(event.target.dataset.ref);
    pin(event.target.dataset.ref);
    return notes.get(event.target.dataset.ref).querySelector(".do a, .number").focus({ preventScroll: true });
  }
  return undefined;
});

for (const each of document.querySelectorAll("[data-print]")) { each.hidden = false; each.addEventListener("click", () => print()); }
const named_in_address = () => {
  const found = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const number = found && (found.dataset.ref || found.dataset.goto || found.dataset.note);
  if (number) go(number);
};
record.classList.add("js");
align();
requestAnimationFrame(() => record.classList.add("live"));
addEventListener("hashchange", named_in_address);
named_in_address();
document.fonts.ready.then(align);
let width = 0;
new ResizeObserver(([entry]) => {
  // Only another width breaks the lines anew; the height is what aligning changes itself.
  if (entry.contentRect.width !== width) { width = entry.contentRect.width; align(); }
}).observe(record);
wide.addEventListener("change", () => { closeSheet(); align(); });
