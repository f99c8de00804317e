// The keyboard, and the little that pages need besides htmx. Everything works without it.
(() => {
  const rows = () => [...document.querySelectorAll("[data-row]")].filter((row) => row.checkVisibility());
  const dialog = document.getElementById("keys");
  const GO = { t: "/today", o: "/opportunities", p: "/prospects", b: "/problems", d: "/drafts", s: "/sources", c: "/conversations", x: "/practice" };
  let going = 0;

  const place = (row) => (row.tagName === "MARK" ? row : row.closest("tr, article") ?? row);

  const current = (all) => {
    const held = all.indexOf(document.activeElement);
    return held >= 0 ? held : all.findIndex((row) => row.matches(":target"));
  };

  const step = (by) => {
    const all = rows();
    if (!all.length) return;
    const at = current(all);
    const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1);
    const row = all[next];
    if (row.tagName === "MARK") location.replace(`#${row.id}`);
    row.focus({ preventScroll: true });
    place(row).scrollIntoView({ block: row.tagName === "MARK" ? "center" : "nearest" });
  };

  const search = () => {
    const field = document.querySelector("[data-search]");
    if (!field) { location.assign("/prospects#q"); return; }
    field.focus();
    field.select();
  };

  const closePanels = (but) => {
    let closed = false;
    for (const panel of document.querySelectorAll("details[data-closes][open]")) {
      if (panel === but) continue;
      panel.open = false;
      closed = true;
    }
    return closed;
  };

  // A pair that is to be decided: y says one, n says two, of the one in hand.
  const say = (which) => document.activeElement?.closest?.(".proposal")?.querySelector(`[data-${which}]`)?.click();

  // What a buyer told: a accepts and r rejects the one in hand and goes on; u takes it back.
  let decided = "";
  const fact = (which) => {
    const held = document.activeElement?.closest?.(".fact");
    const one = which === "undo" ? document.getElementById(decided) ?? held : held;
    const button = one?.querySelector(`[data-${which}]`);
    const waiting = [...document.querySelectorAll(".fact:has([data-accept])")];
    const next = waiting.find((each) => !one || one.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING) ?? waiting[0];
    if (button) { decided = which === "undo" ? "" : one.id; button.click(); }
    const goal = which === "undo" ? one : next;
    goal?.focus({ preventScroll: true });
    goal?.scrollIntoView({ block: "nearest" });
  };

  const KEYS = {
    a: () => fact("accept"),
    r: () => fact("reject"),
    u: () => fact("undo"),
    "/": search,
    j: () => step(1),
    k: () => step(-1),
    y: () => say("yes"),
    n: () => say("no"),
    t: () => window.switchTheme(),
    "?": () => dialog.showModal(),
    g: () => { going = Date.now(); },
  };

  // What somebody typed before htmx was ready, or what the browser put back, still counts.
  window.addEventListener("load", () => setTimeout(() => {
    const field = document.querySelector("[data-search]");
    const asked = new URLSearchParams(location.search).get("q") ?? "";
    if (field && field.value !== asked) field.dispatchEvent(new Event("input", { bubbles: true }));
  }, 300));

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      const open = document.activeElement?.closest?.("details[data-closes][open]");
      if (closePanels()) open?.querySelector("summary")?.focus();
      else if (document.activeElement?.matches("[data-search]")) document.activeElement.blur();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || dialog.open) return;
    if (event.target.closest("input:not([type=radio], [type=checkbox]), select, textarea, [contenteditable]")) return;
    const goal = Date.now() - going < 1200 ? GO[event.key] : undefined;
    going = 0;
    if (goal) { event.preventDefault(); location.assign(goal); return; }
    const act = KEYS[event.key];
    if (act) { event.preventDefault(); act(); }
  });

  document.addEventListener("click", (event) => closePanels(event.target.closest("details[data-closes]")));
  document.addEventListener("toggle", (event) => {
    if (event.target.open && event.target.matches?.("details[data-closes]")) closePanels(event.target);
  }, true);

  for (const [id, act] of [["keys-button", KEYS["?"]], ["theme-button", KEYS.t]]) {
    const button = document.getElementById(id);
    button.hidden = false;
    button.addEventListener("click", act);
  }

  // Tell those who listen rather than look what a search has found.
  document.addEventListener("htmx:after:swap", (event) => {
    const form = event.detail?.ctx?.sourceElement?.closest?.(".opinion");
    const said = form && document.getElementById(form.id)?.querySelector("[data-said]");
    if (said) { document.getElementById("told").textContent = said.textContent; return; }
    const told = document.querySelector("[data-told]");
    if (told) document.getElementById("told").textContent = told.dataset.told || told.textContent;
  });

  // A sentence that stands on a later page of a long document.
  const text = document.querySelector("[data-document]");
  const wanted = /^#e(\d+)$/.exec(location.hash)?.[1];
  const asked = new URLSearchParams(location.search).get("at");
  if (text && wanted && wanted !== asked && !document.getElementById(`e${wanted}`)) {
    location.replace(`${text.dataset.document}?at=${wanted}#e${wanted}`);
  }
  const target = /^#e\d+$/.test(location.hash) && document.querySelector(location.hash);
  if (target) target.scrollIntoView({ block: "center" });
  // A case that was eliminated is folded away, unless somebody was sent to it.
  const unfold = () => {
    const folded = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (folded && folded.matches("details")) folded.open = true;
  };
  addEventListener("hashchange", unfold);
  unfold();
  if (location.hash === "#q") search();
})();
