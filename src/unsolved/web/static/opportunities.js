// Cards are moved by mouse; with keys, and without this, by the buttons that each card has.
(() => {
  let held = null;

  const columns = () => [...document.querySelectorAll("[data-board] [data-stage]")];
  const light = (column) => columns().forEach((each) => each.classList.toggle("over", each === column));

  document.addEventListener("dragstart", (event) => {
    held = event.target.closest?.(".card") ?? null;
    if (!held) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", held.dataset.id);
    held.classList.add("held");
  });

  document.addEventListener("dragover", (event) => {
    const column = event.target.closest?.("[data-stage]");
    if (!held || !column) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "move";
    light(column);
  });

  document.addEventListener("drop", (event) => {
    const column = event.target.closest?.("[data-stage]");
    if (!held || !column) return;
    event.preventDefault();
    if (column === held.closest("[data-stage]")) return;
    const form = document.getElementById("dropped");
    form.action = `/opportunities/${held.dataset.id}/moving`;
    form.elements.to.value = column.dataset.stage;
    form.submit();
  });

  document.addEventListener("dragend", () => {
    held?.classList.remove("held");
    held = null;
    light(null);
  });
})();
