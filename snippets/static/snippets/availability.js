/* The header's buttons without leaving the page: a note half written is not lost. Without this script they still work. */
document.addEventListener("submit", async (event) => {
  const header = event.target.closest("[data-guichet-own]");
  if (!header || !event.submitter) return;
  event.preventDefault();
  const form = event.target, chosen = event.submitter.value, data = new FormData(form, event.submitter);
  try {
    const answer = await fetch(form.action, { method: "POST", body: data, headers: { "X-Guichet-Fragment": "1" } });
    if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-guichet-own]");
    // The region that speaks stays, its words change: a screen reader says them.
    header.querySelector("[role=status]").innerHTML = fresh.querySelector("[role=status]").innerHTML;
    header.querySelectorAll("button").forEach((button) => button.setAttribute("aria-pressed", String(button.value === chosen)));
  } catch {
    const status = document.createElement("input");
    Object.assign(status, { type: "hidden", name: "status", value: chosen });
    form.append(status);
    form.submit();
  }
});
