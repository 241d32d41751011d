// Words that are picked in a line of an article lead to the form that adds an attribution with them. With the keyboard
// alone the same is on the pages of review: "add an attribution here".

const offer = document.querySelector("[data-picking]");
const link = offer?.querySelector("a");
let timer = 0;
if (link) document.addEventListener("selectionchange", () => { clearTimeout(timer); timer = setTimeout(look, 200); });

function look() {
  // The link has the focus: a selection that went away with the click that follows it is not to take it away.
  if (offer.contains(document.activeElement)) return;
  const span = picked(document.getSelection());
  offer.hidden = !span;
  if (span) link.href = `${offer.dataset.picking}?content=${span[0]}-${span[1]}`;
}

function picked(selection) {
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const common = range.commonAncestorContainer;
  const line = (common.nodeType === Node.ELEMENT_NODE ? common : common.parentElement).closest("[data-at]");
  if (!line) return null;
  const start = before(line, range.startContainer, range.startOffset);
  const end = before(line, range.endContainer, range.endOffset);
  const whole = own(line).map((each) => each.data).join("");
  const text = whole.slice(start, end);
  if (!/[\p{L}\p{N}]/u.test(text)) return null;
  const first = start + text.length - text.trimStart().length;
  const last = end - text.length + text.trimEnd().length;
  // The archive counts characters, and the browser halves of those beyond the first 65,536.
  return [first, last].map((at) => Number(line.dataset.at) + [...whole.slice(0, at)].length);
}

// The text nodes of a line that are the article's own, without the letters and numbers of notes.
function own(line) {
  const found = [];
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (!walker.currentNode.parentElement.closest(".ref")) found.push(walker.currentNode);
  return found;
}

// How much of the article's own text of a line stands before a place in it.
function before(line, node, offset) {
  const place = document.createRange();
  place.setStart(node, offset);
  let count = 0;
  for (const each of own(line)) {
    if (each === node) return count + offset;
    if (place.comparePoint(each, each.length) > 0) return count;
    count += each.length;
  }
  return count;
}
