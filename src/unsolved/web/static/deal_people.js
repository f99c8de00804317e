// The map of people: dragged by mouse or finger, moved and tied with keys. Every change is also a form.
(() => {
  const STANCES = ["against", "doubts", "neutral", "for", "unknown"];
  const POWERS = ["decides", "can block", "sways", "none", "unknown"];
  const CALLED = { none: "no say", unknown: "not known" };
  const WAIT = 500;

  const main = document.getElementById("main");
  const told = document.getElementById("told");
  const say = (words) => { told.textContent = words; };
  const maps = () => [...main.querySelectorAll("[data-map]")];
  const map = () => maps().find((one) => one.checkVisibility());
  const figures = () => [...(map()?.querySelectorAll(".figure") ?? [])];
  const figure = (number) => map()?.querySelector(`.figure[data-person="${number}"]`);
  const called = ({ stance, power }) =>
    `${power === "unknown" ? "power not known" : CALLED[power] ?? power}, ${stance === "unknown" ? "stance not known" : stance}`;

  document.documentElement.classList.add("scripted");
  let drag = null;
  let moved = false;

  // Not every browser heeds touch-action inside a drawing: while somebody is held, no scrolling.
  const hold = (event) => { if (drag) event.preventDefault(); };
  const greet = () => {
    const keys = main.querySelector("#map-keys");
    if (keys) keys.hidden = false;
    maps().forEach((one) => one.addEventListener("touchmove", hold, { passive: false }));
  };
  greet();

  // Changes wait a moment, so that three steps of a key are one change to take back.
  const wanted = new Map();
  let timer = 0;
  let sending = Promise.resolve();

  const send = async (number, { url, stance, power }, keepalive = false) =>
    fetch(url, { method: "POST", body: new URLSearchParams({ stance, power }), keepalive });

  const show = async (answer, number) => {
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.getElementById("main");
    if (!answer.ok || !next?.querySelector("[data-map]")) {
      say("That was not kept.");
      location.reload();
      return;
    }
    const held = document.activeElement?.closest?.(".figure")?.dataset.person;
    const isHere = (node) => !["LINK", "SCRIPT"].includes(node.nodeName);
    [...main.childNodes].filter(isHere).forEach((node) => node.remove());
    main.append(...[...next.childNodes].filter(isHere));
    greet();
    const place = new URL(answer.url);
    history.replaceState(null, "", `${place.pathname}${place.search}`);
    if (held) figure(held)?.focus({ preventScroll: true });
    const one = figure(number);
    if (one) say(`${one.dataset.name}: ${called(one.dataset)}. Kept.`);
  };

  const flush = () => {
    clearTimeout(timer);
    sending = sending.then(async () => {
      while (wanted.size) {
        const [number, place] = wanted.entries().next().value;
        wanted.delete(number);
        const answer = await send(number, place);
        if (!wanted.size) await show(answer, number);
      }
    }).catch(() => { say("That was not kept: the server did not answer."); location.reload(); });
    return sending;
  };

  const place = (one, stance, power) => {
    wanted.set(one.dataset.person, { url: one.dataset.place, stance, power });
    say(`${one.dataset.name}: ${called({ stance, power })}`);
    clearTimeout(timer);
    timer = setTimeout(flush, WAIT);
  };

  addEventListener("pagehide", () => wanted.forEach((to, number) => send(number, to, true)));

  // Where somebody is shown until the server has drawn the map anew.
  const shift = (one, stance, power) => {
    const zone = one.ownerSVGElement.querySelector(`.zone[data-stance="${stance}"][data-power="${power}"]`)?.getBBox();
    const part = map().closest(".narrow") ? one.querySelector(".grip .stop") : one.querySelector(".card");
    if (!zone || !part) return;
    const box = part.getBBox();
    const x = zone.x + zone.width / 2 - box.x - box.width / 2;
    const y = zone.y + zone.height / 2 - box.y - box.height / 2;
    if (map().closest(".narrow")) one.querySelector(".grip").setAttribute("transform", `translate(${x} 0)`);
    else one.setAttribute("transform", `translate(${x} ${y})`);
  };

  const step = (one, across, down) => {
    const from = wanted.get(one.dataset.person) ?? one.dataset;
    const at = (all, value, by) => all[Math.min(Math.max(all.indexOf(value) + by, 0), all.length - 1)];
    const stance = at(STANCES, from.stance, across);
    const power = at(POWERS, from.power, down);
    place(one, stance, power);
    shift(one, stance, power);
  };

  // The nearest in the direction of an arrow.
  const walk = (one, across, down) => {
    const middle = (each) => { const box = each.querySelector(".card").getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; };
    const [x, y] = middle(one);
    const far = figures().filter((each) => each !== one).map((each) => {
      const [toX, toY] = middle(each);
      const along = (toX - x) * across + (toY - y) * down;
      const aside = Math.abs((toX - x) * down) + Math.abs((toY - y) * across);
      return { each, along, cost: along + 2 * aside };
    }).filter(({ along }) => along > 4).sort((a, b) => a.cost - b.cost);
    far[0]?.each.focus();
  };

  // A tie: from whom, then to whom; the form says which, and is sent from there.
  let tie = null;
  const endTie = () => {
    main.querySelectorAll(".figure.tying").forEach((one) => one.classList.remove("tying"));
    tie = null;
  };
  const beginTie = (one) => {
    endTie();
    tie = { from: "" };
    if (one) pick(one);
    else say("A tie: choose from whom. Escape leaves it.");
  };
  const pick = (one) => {
    if (!tie.from) {
      tie.from = one.dataset.person;
      one.classList.add("tying");
      say(`A tie from ${one.dataset.name}: go to another and press Enter. Escape leaves it.`);
      return;
    }
    if (tie.from === one.dataset.person) return;
    const form = main.querySelector("#tying");
    form.elements.of.value = tie.from;
    form.elements.to.value = one.dataset.person;
    const from = figure(tie.from).dataset.name;
    endTie();
    form.elements.sway.focus();
    form.scrollIntoView({ block: "nearest" });
    say(`${from} to ${one.dataset.name}: choose what the tie is, then Enter.`);
  };

  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && (tie || drag)) { endTie(); drop(); say("Left."); return; }
    if (event.target.closest("input, select, textarea, dialog")) return;
    if (event.key === "u" && map()) { flush().then(() => main.querySelector("[data-undo-last]")?.click()); return; }
    const one = event.target.closest(".figure");
    if (!one) return;
    const arrow = ARROWS[event.key];
    if (arrow) {
      event.preventDefault();
      if (event.shiftKey) step(one, ...arrow); else walk(one, ...arrow);
    } else if (event.key === "c") {
      beginTie(one);
    }
  });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-begin-tie]")) { beginTie(null); return; }
    const one = event.target.closest(".figure");
    if (!one) return;
    if (moved) { event.preventDefault(); moved = false; return; }
    if (tie) { event.preventDefault(); pick(one); return; }
    if (!wanted.size || event.ctrlKey || event.metaKey) return;
    event.preventDefault();  // what waits is kept before the form is shown
    const form = one.getAttribute("href");
    flush().then(() => location.assign(form));
  });

  // Dragging. A finger scrolls the page unless it holds somebody, on a phone by their stance.
  const drop = () => {
    if (!drag) return;
    drag.svg.classList.remove("dragging");
    drag.svg.querySelectorAll(".over").forEach((zone) => zone.classList.remove("over"));
    drag.one.classList.remove("held");
    drag.part.removeAttribute("transform");
    drag = null;
  };
  const under = (event) => document.elementsFromPoint(event.clientX, event.clientY).find((each) => each.matches(".zone"));

  document.addEventListener("dragstart", (event) => { if (event.target.closest?.(".figure")) event.preventDefault(); });
  document.addEventListener("pointerdown", (event) => {
    moved = false;
    const one = event.target.closest(".figure");
    if (!one || event.button !== 0 || tie) return;
    const narrow = one.closest(".narrow");
    if (narrow && event.pointerType !== "mouse" && !event.target.closest(".grip")) return;
    const svg = one.ownerSVGElement;
    const scale = svg.viewBox.baseVal.width / svg.getBoundingClientRect().width;
    drag = { one, svg, scale, part: narrow ? one.querySelector(".grip") : one, x: event.clientX, y: event.clientY, id: event.pointerId };
  });
  document.addEventListener("pointermove", (event) => {
    if (!drag || event.pointerId !== drag.id) return;
    const [x, y] = [event.clientX - drag.x, event.clientY - drag.y];
    if (!moved && Math.hypot(x, y) < 6) return;
    if (!moved) {
      moved = true;
      drag.svg.classList.add("dragging");
      drag.one.classList.add("held");
      // Over the others; but a finger that holds what is moved in the page loses it.
      if (event.pointerType === "mouse") drag.one.parentNode.append(drag.one);
      drag.one.setPointerCapture(event.pointerId);
    }
    drag.part.setAttribute("transform", `translate(${x * drag.scale} ${y * drag.scale})`);
    const zone = under(event);
    drag.svg.querySelectorAll(".over").forEach((each) => each !== zone && each.classList.remove("over"));
    if (zone && !zone.classList.contains("over")) { zone.classList.add("over"); say(`${drag.one.dataset.name}: ${called(zone.dataset)}`); }
  });
  document.addEventListener("pointerup", (event) => {
    if (!drag || event.pointerId !== drag.id) return;
    const { one } = drag;
    const zone = moved && under(event);
    const isElsewhere = zone && (zone.dataset.stance !== one.dataset.stance || zone.dataset.power !== one.dataset.power);
    drop();
    setTimeout(() => { moved = false; });  // the click that follows is none
    if (!isElsewhere) return;
    place(one, zone.dataset.stance, zone.dataset.power);
    shift(one, zone.dataset.stance, zone.dataset.power);
    flush();
  });
  document.addEventListener("pointercancel", drop);
})();
