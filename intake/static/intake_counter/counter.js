// Enhancements only. Without this file: the questions of a nature come back with the form, and the browser prints the page.
document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[data-print]").forEach((button) => button.addEventListener("click", () => window.print()));
  const nature = document.querySelector("[data-counter] [name=nature]");
  const place = document.querySelector("[data-questions]");
  if (!nature || !place) return;
  let asked = nature.value;
  const ask = async () => {
    const typed = nature.value;
    if (typed === asked) return;
    asked = typed;
    try {
      const answer = await fetch(`${place.dataset.questions}?nature=${encodeURIComponent(typed)}`);
      const html = answer.ok ? await answer.text() : "";
      if (nature.value === typed) place.innerHTML = html;
    } catch {
      place.replaceChildren();
    }
  };
  nature.addEventListener("change", ask);
  nature.addEventListener("input", () => {
    const chosen = [...nature.list.options].some((option) => option.value === nature.value);
    if (chosen) ask();
  });
});
