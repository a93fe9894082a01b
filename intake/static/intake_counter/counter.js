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
  // While one types, so that the questions are there before the Tab key leaves the field.
  let pause;
  nature.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(ask, 200);
  });
  nature.addEventListener("change", ask);
});
