// Follows jobs as they go on, by the events of the API. Bars and counts change in their own room, results come at the
// end of their list; a screen reader is told at each quarter and at the end, not of every file.

const announce = document.querySelector("[data-announce]");
const list = document.querySelector("[data-results]");
const template = document.getElementById("result");
const plural = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
const ENDED = ["done", "failed", "cancelled"];
const OUTCOMES = [["added", "added"], ["new version", "in a new version"], ["unchanged", "known already"], ["problem", "refused"], ["checked", "checked"]];

// The advice is the command's, whose options are ticks here; the template has the same.
const here = (advice) => advice.replace("Force it with --any-language", "To read it all the same, add it with “whatever their language” ticked");

function told(counts) {
  const parts = OUTCOMES.filter(([name]) => counts[name]).map(([name, words]) => `${counts[name].toLocaleString("en")} ${words}`);
  return parts.join(", ") || "nothing yet";
}

function how(job) {
  if (job.state !== "running") return job.state;
  const done = job.done.toLocaleString("en");
  return job.total ? `${done} of ${job.total.toLocaleString("en")} ${job.unit}` : `${done} ${job.unit || "so far"}`;
}

function follow(box) {
  const heading = box.querySelector("h3")?.textContent ?? document.querySelector("h1").textContent;
  const bar = box.querySelector("progress");
  let quarter = 0;
  const stream = new EventSource(`/api/v1/jobs/${encodeURIComponent(box.dataset.job)}/events?after=${box.dataset.after ?? 0}`);

  function show(event) {
    const job = JSON.parse(event.data);
    const ended = ENDED.includes(job.state);
    box.classList.remove(box.dataset.state);
    box.classList.add(job.state);
    box.dataset.state = job.state;
    box.querySelector("[data-count]").textContent = how(job);
    box.querySelector("[data-outcome]").textContent = told(job.counts);
    if (ended) [bar.max, bar.value] = [1, 1];
    else if (job.total) [bar.max, bar.value] = [job.total, job.done];
    else if (job.state === "running") bar.removeAttribute("value");
    if (job.error) {
      const line = box.querySelector("[data-error]");
      line.textContent = job.error.message;
      line.hidden = false;
    }
    if (ended) end(job);
    else if (job.total) {
      const now = Math.floor((4 * job.done) / job.total);
      if (now > quarter) announce.textContent = `${heading}: ${how(job)}`;
      quarter = Math.max(quarter, now);
    }
  }

  function end(job) {
    stream.close();
    announce.textContent = `${heading}: ${job.state}. ${told(job.counts)}`;
    const button = document.querySelector("[data-cancel] button");
    if (button && list) {
      // It keeps its room; one who is at it is not thrown back to the top of the page.
      if (button === document.activeElement) document.getElementById("main").focus({ preventScroll: true });
      button.style.visibility = "hidden";
    }
    const notes = document.querySelector("[data-notes]");
    if (notes && list) notes.replaceChildren(...job.notes.map((note) => small(note, "p")));
    const none = document.querySelector("[data-none]");
    if (none) none.textContent = "Nothing came of it.";
  }

  stream.addEventListener("error", () => {
    // The browser asks again by itself, unless the server said no.
    if (stream.readyState === EventSource.CLOSED && !ENDED.includes(box.dataset.state)) {
      box.querySelector("[data-count]").textContent += " · reload to see more";
    }
  });
  stream.addEventListener("state", show);
  stream.addEventListener("progress", show);
  if (list) stream.addEventListener("result", (event) => add(JSON.parse(event.data)));
}

function small(words, tag = "span") {
  const node = document.createElement(tag);
  node.className = "small";
  node.textContent = words;
  return node;
}

function add(result) {
  const row = template.content.cloneNode(true);
  const outcome = row.querySelector(".outcome");
  const what = row.querySelector(".result-what");
  const { saved, problem } = result;
  outcome.textContent = problem ? problem.kind : result.outcome;
  outcome.classList.add(result.outcome.replaceAll(" ", "-"));
  const name = document.createElement(saved || result.article ? "a" : "b");
  if (saved) name.href = `/${saved.kind}s/${saved.id}`;
  else if (result.article) name.href = `/articles/${result.article}/check`;
  name.textContent = result.name;
  what.append(name);
  const more = [];
  if (saved?.kind === "article") more.push(plural(saved.statements, "statement"));
  if (problem) more.push(problem.reason + (problem.advice ? `. ${here(problem.advice)}` : ""));
  const verdicts = Object.entries(result.verdicts ?? {}).map(([value, count]) => `${count} × ${value.replace(": ", " ")}`);
  if (verdicts.length) more.push(verdicts.join(", "));
  for (const words of [...more, ...(result.warnings ?? [])]) what.append(" ", small(words));
  list.append(row);
  document.querySelector("[data-none]").hidden = true;
}

// A browser keeps six connections to a server over HTTP/1.1, and the page's own links need some: those that run come first.
const going = [...document.querySelectorAll("[data-job]")].filter((box) => !ENDED.includes(box.dataset.state));
going.sort((one, other) => (other.dataset.state === "running") - (one.dataset.state === "running")).slice(0, 3).forEach(follow);
