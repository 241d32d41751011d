// Review: single keys, the list of keys, the list of speakers, and the reading aloud of what was saved.
// Every element with `data-key` is pressed (a button, a link) or focused (a field) by its key. The keys can be turned
// off (WCAG 2.1.4), and none works while somebody types.

const STORED = "sayso-keys";
const dialog = document.getElementById("keys");
const ticked = document.getElementById("keys-on");

function keysOn() {
  try { return localStorage.getItem(STORED) !== "off"; } catch { return true; }
}

if (ticked) {
  ticked.checked = keysOn();
  ticked.addEventListener("change", () => {
    try { localStorage.setItem(STORED, ticked.checked ? "on" : "off"); } catch { /* a browser that keeps nothing */ }
  });
}

for (const button of document.querySelectorAll("[data-opens]")) {
  button.addEventListener("click", () => dialog.showModal());
}

function typing(element) {
  return element instanceof HTMLElement
    && (element.isContentEditable || element.matches("textarea, select, input:not([type=radio], [type=checkbox])"));
}

function press(element) {
  if (element.matches("button, a")) element.click();
  else if (element.matches("[role=radiogroup]")) (element.querySelector("input:checked") ?? element.querySelector("input")).focus();
  else element.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const save = document.querySelector("#record [value=save]");
    if (save) { event.preventDefault(); save.click(); }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || dialog?.open || !keysOn() || typing(event.target)) return;
  const wanted = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (wanted) { event.preventDefault(); press(wanted); }
});

// The name of somebody new is asked for where that is chosen.
const speaker = document.getElementById("speaker");
const newcomer = document.querySelector("[data-newcomer]");
if (speaker && newcomer) {
  const name = document.getElementById("speaker_name");
  const show = (focus) => {
    const wanted = speaker.value === "+";
    newcomer.classList.toggle("idle", !wanted);
    if (!wanted) name.value = "";
    if (wanted && focus) name.focus();
  };
  if (name.value) speaker.value = "+";
  show(false);
  speaker.addEventListener("change", () => show(true));
}

// A live region is read only where it changes: what the page came with is said once it stands.
const live = document.querySelector("[data-live]");
const told = [...document.querySelectorAll("[data-told] p")].map((each) => each.textContent.replace(/\s+/g, " ").trim());
if (live && told.length) setTimeout(() => { live.textContent = told.join(". "); }, 300);
