(() => {
  "use strict";
  // Everything can be read without this script: it only ties text and list together under pointer, finger and keyboard.
  const faces = new Map(), places = new Map();
  const list = (element) => (element.dataset.a || "").split(" ").filter(Boolean);
  const add = (number, element) => places.set(number, [...(places.get(number) || []), element]);
  document.querySelectorAll("[data-a]").forEach((element) => list(element).forEach((number) => add(number, element)));
  document.querySelectorAll("[data-ref]").forEach((element) => add(element.dataset.ref, element));
  document.querySelectorAll("[data-face]").forEach((element) => faces.set(element.dataset.face, element));
  const peek = document.getElementById("peek");
  const wide = matchMedia("(min-width: 62rem)");
  let pinned = null, shown = null;

  const has = (element, role, number) => (element.dataset[role] || "").split(" ").includes(number);
  const unmark = () => document.querySelectorAll(".on").forEach((e) => e.classList.remove("on", "on-source", "on-cue"));

  const show = (number, reveal) => {
    if (number === shown && !reveal) return;
    unmark();
    shown = number;
    const face = faces.get(number);
    if (!face) return;
    for (const element of places.get(number) || []) {
      element.classList.add("on");
      if (has(element, "source", number)) element.classList.add("on-source");
      if (has(element, "cue", number)) element.classList.add("on-cue");
    }
    face.classList.add("on");
    const column = face.closest(".attributions");
    if (reveal === "card" && wide.matches && column) {
      const box = column.getBoundingClientRect(), spot = face.getBoundingClientRect();
      if (spot.top < box.top || spot.bottom > box.bottom) column.scrollTop += spot.top - box.top - box.height / 3;
    }
    if (reveal === "text" && places.get(number)) places.get(number)[0].scrollIntoView({ block: "center" });
  };

  const pin = (number, reveal) => {
    pinned = number;
    show(number, reveal);
    peek.replaceChildren();
    peek.hidden = !number || !faces.has(number);
    if (!peek.hidden) {
      const copy = faces.get(number).cloneNode(true);
      copy.removeAttribute("data-face");
      peek.append(copy);
    }
  };

  // The last number of a segment is its innermost attribution; a second tap on it moves one outward.
  const next = (element) => {
    const numbers = list(element).reverse();
    return numbers[numbers.indexOf(pinned) + 1] || null;
  };

  const target = (event) => event.target.closest("[data-ref], [data-a], [data-face]");
  const number = (element) => element.dataset.ref || element.dataset.face || list(element).pop();
  const mouse = (event) => event.pointerType === "mouse";

  document.addEventListener("pointerover", (event) => {
    const element = mouse(event) && target(event);
    if (element && !element.closest("#peek")) show(number(element), element.dataset.face ? null : "card");
  });
  document.addEventListener("pointerout", (event) => {
    if (mouse(event) && target(event)) show(pinned);
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("#peek")) {
      const jump = event.target.closest("a[href^='#']");
      if (jump) pin(null);
      return;
    }
    const element = target(event);
    if (!element) return pin(null);
    if (element.dataset.face) {
      event.preventDefault();
      return pin(element.dataset.face, "text");
    }
    event.preventDefault();
    pin(element.dataset.ref || next(element), "card");
  });
  document.addEventListener("focusin", (event) => {
    const element = target(event);
    if (element && event.target.matches(":focus-visible")) show(number(element), element.dataset.ref ? "card" : null);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") pin(null);
  });
})();
