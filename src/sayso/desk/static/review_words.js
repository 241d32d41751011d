// The words of an attribution, picked in the passage: by dragging, by clicking the first and the last word, by buttons,
// or by keys. What is picked is in the form's field `spans`; the server compares it with what stands.

const passage = document.getElementById("passage");
const field = document.querySelector("#record input[name=spans]");
if (passage?.dataset.spans && field) start();

function start() {
  const PARTS = ["source", "cue", "content"];
  const pieces = [...passage.querySelectorAll("[data-s]")].map((node) => (
    { node, s: Number(node.dataset.s), e: Number(node.dataset.e), word: node.classList.contains("w") }));
  const words = pieces.filter((each) => each.word);
  const standing = JSON.parse(passage.dataset.spans);
  const copy = (value) => JSON.parse(JSON.stringify(value));
  let spans = given() ?? copy(standing);
  function given() {
    try { return field.value ? JSON.parse(field.value) : null; } catch { return null; }
  }
  let part = null;
  let chosen = 0; // which stretch of the part
  let from = null; // the word that was clicked first

  const telling = document.querySelector("[data-telling]");
  const told = document.getElementById("words-told");
  const buttons = [...document.querySelectorAll("[data-part]")];
  const moves = [...document.querySelectorAll("[data-move]")];
  let timer = 0;

  const text = (span) => pieces.filter((each) => each.s >= span[0] && each.e <= span[1]).map((each) => each.node.textContent).join("");
  const stretch = () => (part ? spans[part][chosen] : undefined);

  function merged(list) {
    const out = [];
    for (const span of list.map((each) => [...each]).sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
      const last = out.at(-1);
      if (last && span[0] < last[1]) last[1] = Math.max(last[1], span[1]);
      else out.push(span);
    }
    return out;
  }

  function show() {
    const held = stretch();
    const inside = held ? words.filter((each) => each.s >= held[0] && each.e <= held[1]) : [];
    for (const each of pieces) {
      for (const name of PARTS) {
        each.node.classList.toggle(name, spans[name].some((span) => span[0] <= each.s && each.e <= span[1]));
      }
      each.node.classList.toggle("held", Boolean(held) && held[0] <= each.s && each.e <= held[1]);
      each.node.classList.toggle("first", each === inside[0]);
      each.node.classList.toggle("last", each === inside.at(-1));
    }
    for (const button of buttons) {
      const name = button.dataset.part;
      button.setAttribute("aria-pressed", String(name === part));
      button.classList.toggle("changed", JSON.stringify(spans[name]) !== JSON.stringify(standing[name]));
    }
    for (const button of moves) {
      const what = button.dataset.move.split(" ")[0];
      const able = what === "add" || what === "reset" ? part : what === "before" || what === "after" ? spans[part]?.length > 1 : held;
      // Not `disabled`: a button that is pressed may not lose the focus.
      button.setAttribute("aria-disabled", String(!able));
    }
    passage.classList.toggle("picking", part !== null);
    field.value = JSON.stringify(spans) === JSON.stringify(standing) ? "" : JSON.stringify(spans);
  }

  function tell(message) {
    telling.textContent = message;
    clearTimeout(timer);
    timer = setTimeout(() => { told.textContent = message; }, 500); // once, not for every word passed
  }

  function tellStretch() {
    const held = stretch();
    const many = part && spans[part].length > 1 ? `, stretch ${chosen + 1} of ${spans[part].length}` : "";
    tell(held ? `${part}${many}: “${text(held).replace(/\s+/g, " ").trim()}”` : `${part}: no words. Add a stretch, or click a word.`);
  }

  function choose(name, index = 0) {
    part = name;
    chosen = Math.min(index, Math.max(spans[part].length - 1, 0));
    from = null;
    show();
    tellStretch();
  }

  function put(span) {
    const at = span[0];
    if (spans[part].length) spans[part][chosen] = span;
    else spans[part] = [span];
    spans[part] = merged(spans[part]);
    chosen = Math.max(0, spans[part].findIndex((each) => each[0] <= at && at < each[1]));
    show();
    tellStretch();
  }

  function edges() {
    const held = stretch();
    if (!held) return null;
    let first = words.findIndex((each) => each.e > held[0]);
    let last = words.findLastIndex((each) => each.s < held[1]);
    if (first < 0) first = words.length - 1;
    if (last < first) last = first;
    return [first, last];
  }

  function shift(which, by) {
    const at = edges();
    if (!at) return;
    let [first, last] = at;
    const end = words.length - 1;
    if (which === "start") first = Math.max(0, Math.min(first + by, last));
    else if (which === "end") last = Math.min(end, Math.max(last + by, first));
    else {
      const step = Math.max(-first, Math.min(by, end - last));
      first += step;
      last += step;
    }
    put([which === "end" ? Math.min(stretch()[0], words[first].s) : words[first].s,
      which === "start" ? Math.max(stretch()[1], words[last].e) : words[last].e]);
    words[which === "end" ? last : first].node.scrollIntoView({ block: "nearest" });
  }

  function add() {
    const all = PARTS.flatMap((name) => spans[name]);
    const behind = Math.max(...(spans[part].length ? spans[part] : all).map((each) => each[1]), -1);
    const near = passage.querySelector(".line:not(.far) .w");
    let place = words.findIndex((each) => (behind < 0 ? each.node === near : each.s >= behind));
    if (place < 0) place = words.length - 1;
    spans[part] = [...spans[part], [words[place].s, words[place].e]];
    chosen = spans[part].length - 1;
    put(spans[part][chosen]);
  }

  const acts = {
    start: (by) => shift("start", by),
    end: (by) => shift("end", by),
    whole: (by) => shift("whole", by),
    add,
    clear() {
      spans[part].splice(chosen, 1);
      chosen = Math.max(0, chosen - 1);
      show();
      tellStretch();
    },
    reset() {
      spans[part] = copy(standing[part]);
      choose(part);
    },
    before: () => choose(part, (chosen - 1 + spans[part].length) % Math.max(spans[part].length, 1)),
    after: () => choose(part, (chosen + 1) % Math.max(spans[part].length, 1)),
  };

  for (const button of buttons) {
    button.addEventListener("click", () => {
      choose(button.dataset.part);
      passage.focus({ preventScroll: true });
    });
  }
  for (const button of moves) {
    button.addEventListener("click", () => {
      if (button.getAttribute("aria-disabled") === "true") {
        if (!part) tell("Choose source, cue or content first.");
        return;
      }
      const [what, by] = button.dataset.move.split(" ");
      acts[what](Number(by));
    });
  }

  // By keys, in the passage
  passage.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !part) return;
    const keys = {
      ArrowLeft: () => acts[event.shiftKey ? "start" : "end"](-1),
      ArrowRight: () => acts[event.shiftKey ? "start" : "end"](1),
      ArrowUp: () => acts.whole(event.shiftKey ? -10 : -1),
      ArrowDown: () => acts.whole(event.shiftKey ? 10 : 1),
      "+": acts.add,
      Delete: () => stretch() && acts.clear(),
      Backspace: () => stretch() && acts.clear(),
      "[": acts.before,
      "]": acts.after,
      Escape: () => { from = null; choose(part, chosen); },
    };
    if (keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    }
  });

  // By mouse or finger: a selection that was drawn over the words, or the first and the last word clicked
  const wordOf = (node) => {
    const element = node instanceof Element ? node : node?.parentElement;
    const piece = element?.closest("[data-s]");
    return piece ? pieces.findIndex((each) => each.node === piece) : -1;
  };

  function drawn() {
    const selection = getSelection();
    if (!part || !selection || selection.isCollapsed || !selection.rangeCount) return false;
    const range = selection.getRangeAt(0);
    if (!passage.contains(range.startContainer) || !passage.contains(range.endContainer)) return false;
    // A word is meant where any of it was selected.
    const touched = words.filter((each) => {
      if (!range.intersectsNode(each.node)) return false;
      const whole = document.createRange();
      whole.selectNodeContents(each.node);
      return range.compareBoundaryPoints(Range.END_TO_START, whole) < 0
        && range.compareBoundaryPoints(Range.START_TO_END, whole) > 0;
    });
    if (!touched.length) return false;
    from = null;
    put([touched[0].s, touched.at(-1).e]);
    selection.removeAllRanges();
    return true;
  }

  passage.addEventListener("pointerup", (event) => {
    if (event.pointerType !== "mouse") return;
    // The browser ends its selection after this event.
    setTimeout(drawn, 0);
  });
  passage.addEventListener("touchend", () => setTimeout(() => {
    // Handles of a selection are dragged further: it counts once nothing moved for a moment.
    const before = String(getSelection());
    setTimeout(() => { if (before && before === String(getSelection())) drawn(); }, 600);
  }, 0));

  passage.addEventListener("click", (event) => {
    if (!part || !getSelection()?.isCollapsed) return;
    const index = wordOf(event.target);
    const piece = pieces[index];
    if (!piece?.word) return;
    if (from === null) {
      from = piece;
      put([piece.s, piece.e]);
      tell(`${part}: from “${piece.node.textContent}”. Click the last word.`);
    } else {
      const ends = [from, piece].sort((a, b) => a.s - b.s);
      from = null;
      put([ends[0].s, ends[1].e]);
    }
  });

  for (const name of PARTS) spans[name] ??= [];
  show();
}
