// « Tout cocher »: an enhancement; without it each row has its own box.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("[data-guichet-bulk]");
  const head = form && form.querySelector("thead th");
  const boxes = form ? [...form.querySelectorAll("input[name=demande]")] : [];
  if (!head || !boxes.length) return;
  const all = document.createElement("input");
  all.type = "checkbox";
  all.setAttribute("aria-label", "Tout cocher");
  const show = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    all.checked = chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
  };
  all.addEventListener("change", () => {
    boxes.forEach((box) => { box.checked = all.checked; });
  });
  boxes.forEach((box) => box.addEventListener("change", show));
  head.replaceChildren(all);
  show();
});
