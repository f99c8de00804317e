// Leads from a finding to its words and back. The page works without it.
(() => {
  const text = document.getElementById("text");
  if (!text) return;

  // The server counts characters, the browser halves of some of them.
  const halves = (characters) => [...text.value].slice(0, characters).join("").length;

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-start]");
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    text.focus();
    text.setSelectionRange(halves(Number(link.dataset.start)), halves(Number(link.dataset.end)));
    const line = parseFloat(getComputedStyle(text).lineHeight) || 24;
    const above = text.value.slice(0, text.selectionStart).split("\n").length - 3;
    if (text.scrollHeight > text.clientHeight) text.scrollTop = Math.max(0, above * line);
    text.scrollIntoView({ block: "nearest" });
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && document.activeElement === text) {
      text.blur();
      event.preventDefault();
      return;
    }
    if (event.key !== "e" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input:not([type=checkbox]), select, textarea, dialog")) return;
    event.preventDefault();
    text.focus();
  });

  // What the browser put back after a reload has not been checked yet.
  window.addEventListener("load", () => setTimeout(() => {
    if (text.value !== text.defaultValue) text.dispatchEvent(new Event("input", { bubbles: true }));
  }, 300));
})();
