// Keyboard, the reader's own clock and the words a link points to. Every page works without this file.
(() => {
  const entries = () => [...document.querySelectorAll("[data-entry]")];
  let chosen = -1;
  let waitingForGo = false;

  function choose(index) {
    const all = entries();
    if (all.length === 0) return;
    all[chosen]?.classList.remove("chosen");
    chosen = Math.max(0, Math.min(index, all.length - 1));
    all[chosen].classList.add("chosen");
    all[chosen].scrollIntoView({ block: "nearest" });
  }

  function follow(selector) {
    const link = (entries()[chosen] ?? document).querySelector(selector);
    if (link) location.href = link.href;
  }

  async function copyCitation() {
    const entry = entries()[chosen] ?? document.querySelector("[data-citation]");
    const citation = entry?.dataset.citation;
    if (!citation || !navigator.clipboard) return;
    await navigator.clipboard.writeText(citation);
    entry.classList.add("copied");
    setTimeout(() => entry.classList.remove("copied"), 1200);
  }

  function here(path) {
    const lang = new URLSearchParams(location.search).get("lang");
    location.href = lang ? `${path}?lang=${encodeURIComponent(lang)}` : path;
  }

  const keys = {
    "/": () => document.querySelector("[data-search]")?.focus(),
    j: () => choose(chosen + 1),
    k: () => choose(chosen - 1),
    o: () => follow("[data-open]"),
    e: () => follow("[data-evidence]"),
    c: copyCitation,
    "?": () => here("/about"),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = event.target;
    if (at instanceof HTMLElement && (at.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(at.tagName))) {
      if (event.key === "Escape") at.blur();
      return;
    }
    if (waitingForGo) {
      waitingForGo = false;
      if (event.key === "t") here("/");
      return;
    }
    if (event.key === "g") {
      waitingForGo = true;
      return;
    }
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  for (const time of document.querySelectorAll("time[data-instant]")) {
    const instant = new Date(time.dateTime);
    time.title = instant.toLocaleString(undefined, { dateStyle: "full", timeStyle: "long" });
  }

  // While a name is typed, those in the catalogue that begin so are suggested; a list stands there without script too.
  for (const field of document.querySelectorAll("input[data-names]")) {
    let waiting = 0;
    field.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => suggest(field), 150);
    });
  }
  async function suggest(field) {
    const typed = field.value.trim();
    if (typed.length < 2) return;
    const answer = await fetch(`/api/v1/names?q=${encodeURIComponent(typed.slice(0, 100))}`);
    if (!answer.ok || field.value.trim() !== typed) return;
    const { items } = await answer.json();
    const options = items.filter((item) => item.field === field.dataset.names).map(optionOf);
    if (options.length > 0) field.list.replaceChildren(...options);
  }
  function optionOf({ id, label, labelZh }) {
    const option = document.createElement("option");
    option.value = id;
    option.label = labelZh ? `${label} ${labelZh}` : label;
    return option;
  }

  // A statement may be cut into several marks; the address points to the first of them.
  function light() {
    for (const mark of document.querySelectorAll("mark.lit")) mark.classList.remove("lit");
    const id = location.hash.slice(1);
    if (!/^[se]\d+$/.test(id)) return;
    for (const mark of document.querySelectorAll(`mark[data-marks~="${id}"]`)) mark.classList.add("lit");
  }
  addEventListener("hashchange", light);
  light();
})();
