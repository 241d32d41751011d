(() => {
  "use strict";
  // Everything can be read without this script: it only ties text and list together under pointer, finger and keyboard.
  const faces = new Map(), places = new Map(), mentions = new Map();
  const split = (numbers) => (numbers || "").split(" ").filter(Boolean);
  const list = (element) => split(element.dataset.a);
  const add = (map, number, element) => map.set(number, [...(map.get(number) || []), element]);
  const all = (selector, does) => document.querySelectorAll(selector).forEach(does);
  all("[data-a]", (element) => list(element).forEach((number) => add(places, number, element)));
  all("[data-ref]", (element) => add(places, element.dataset.ref, element));
  all("[data-m]", (element) => split(element.dataset.m).forEach((number) => add(mentions, number, element)));
  // An attribution has a card in each of the two lists; the one by speaker has one card for all that say the same.
  all("[data-face]", (element) => add(faces, element.dataset.face, element));
  all("[data-also]", (element) => split(element.dataset.also).forEach((number) => add(faces, number, element)));
  const peek = document.getElementById("peek");
  const wide = matchMedia("(min-width: 62rem)");
  let pinned = null, shown = null;

  const has = (element, role, number) => (element.dataset[role] || "").split(" ").includes(number);
  const unmark = () => all(".on, .named", (e) => e.classList.remove("on", "on-source", "on-cue", "named"));
  const seen = (number) => (faces.get(number) || []).find((face) => face.offsetParent) || (faces.get(number) || [])[0];
  const name = (speaker) => (mentions.get(speaker) || []).forEach((element) => element.classList.add("named"));

  const show = (number, reveal) => {
    if (number === shown && !reveal) return;
    unmark();
    shown = number;
    const face = seen(number);
    if (!face) return;
    for (const each of new Set([number, face.dataset.face, ...split(face.dataset.also)]))
      for (const element of places.get(each) || []) {
        element.classList.add("on");
        if (has(element, "source", each)) element.classList.add("on-source");
        if (has(element, "cue", each)) element.classList.add("on-cue");
      }
    faces.get(number).forEach((each) => each.classList.add("on"));
    name(face.dataset.who);
    const column = face.closest(".attributions");
    if (reveal === "card" && wide.matches && column) {
      const box = column.getBoundingClientRect(), spot = face.getBoundingClientRect();
      if (spot.top < box.top || spot.bottom > box.bottom) column.scrollTop += spot.top - box.top - box.height / 3;
    }
    if (reveal === "text" && places.get(number)) places.get(number)[0].scrollIntoView({ block: "center" });
  };

  // A speaker's name under the pointer shows every place where the article speaks of him.
  const showSpeaker = (speaker) => {
    unmark();
    shown = undefined;
    name(speaker);
  };

  const pin = (number, reveal) => {
    pinned = number;
    show(number, reveal);
    peek.replaceChildren();
    peek.hidden = !number || !faces.has(number);
    if (!peek.hidden) {
      const copy = seen(number).cloneNode(true);
      copy.removeAttribute("data-face");
      peek.append(copy);
    }
  };

  // The last number of a segment is its innermost attribution; a second tap on it moves one outward.
  const next = (element) => {
    const numbers = list(element).reverse();
    return numbers[numbers.indexOf(pinned) + 1] || null;
  };

  const target = (event) => event.target.closest("[data-ref], [data-to], [data-a], [data-face], [data-speaker]");
  const number = (element) => element.dataset.ref || element.dataset.to || element.dataset.face || list(element).pop();
  const mouse = (event) => event.pointerType === "mouse";

  document.addEventListener("pointerover", (event) => {
    const element = mouse(event) && target(event);
    if (!element || element.closest("#peek")) return;
    if (element.dataset.speaker) showSpeaker(element.dataset.speaker);
    else if (!element.dataset.to) show(number(element), element.dataset.face ? null : "card");
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
    if (!element) return event.target.closest("label, input") || pin(null);
    if (element.dataset.speaker) {
      pin(null);
      return showSpeaker(element.dataset.speaker);
    }
    if (element.dataset.face) {
      event.preventDefault();
      return pin(element.dataset.face, "text");
    }
    event.preventDefault();
    if (element.dataset.to) return pin(element.dataset.to, element.hash.startsWith("#ref") ? "text" : "card");
    pin(element.dataset.ref || next(element), "card");
  });
  document.addEventListener("focusin", (event) => {
    const element = target(event);
    if (!element || !event.target.matches(":focus-visible")) return;
    if (element.dataset.speaker) showSpeaker(element.dataset.speaker);
    else show(number(element), element.dataset.ref ? "card" : null);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") pin(null);
  });
})();
