// Files can be dropped on a form's field, or anywhere on the page where it has one field; what waits says so.
const drops = [...document.querySelectorAll("[data-drop]")];
const told = (input) => {
  const field = input.closest("[data-drop]");
  const names = [...input.files].map((file) => file.name);
  field.querySelector(".chosen").textContent = names.length > 1 ? `${names.length} files: ${names.join(", ")}` : names.join("");
  const several = input.form.querySelector("[data-several]");
  if (several && names.length > 1) several.closest("details").open = true;
};
const hasFiles = (event) => [...(event.dataTransfer ? event.dataTransfer.types : [])].includes("Files");
const fieldOf = (event) => event.target.closest("[data-drop]") || (drops.length === 1 ? drops[0] : null);
for (const field of drops) field.querySelector("input").addEventListener("change", (event) => told(event.target));
document.addEventListener("dragover", (event) => {
  if (!hasFiles(event)) return;
  // Beside a field as well: else the browser would leave the page for the file.
  event.preventDefault();
  const field = fieldOf(event);
  event.dataTransfer.dropEffect = field ? "copy" : "none";
  for (const each of drops) each.classList.toggle("over", each === field);
});
const away = () => { for (const each of drops) each.classList.remove("over"); };
document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) away(); });
document.addEventListener("drop", (event) => {
  if (!hasFiles(event)) return;
  event.preventDefault();
  away();
  const field = fieldOf(event);
  if (!field) return;
  const input = field.querySelector("input");
  const files = new DataTransfer();
  for (const file of input.multiple ? event.dataTransfer.files : [...event.dataTransfer.files].slice(0, 1)) files.items.add(file);
  input.files = files.files;
  told(input);
});
for (const form of document.querySelectorAll("form[data-working]")) {
  const button = form.querySelector("button"), status = form.querySelector(".working");
  form.addEventListener("submit", () => {
    status.textContent = form.dataset.working;
    status.classList.add("on");
    button.setAttribute("aria-disabled", "true");
    // Not before the form is on its way: a disabled button would not be sent with it.
    setTimeout(() => { button.disabled = true; }, 0);
  });
}
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-working]")) {
    form.querySelector("button").disabled = false;
    form.querySelector(".working").textContent = "";
    form.querySelector(".working").classList.remove("on");
  }
});
const failed = document.querySelector(".failed");
if (failed) failed.focus();
