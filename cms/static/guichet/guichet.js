// The only script of the public pages, and all works without it: a second click on « Envoyer » does nothing.
(() => {
  const PAUSE = 1000; // milliseconds
  const sent = new WeakMap();
  document.addEventListener("submit", (event) => {
    if (!event.submitter?.hasAttribute("data-prevent-double-click")) return;
    const before = sent.get(event.target);
    if (before !== undefined && event.timeStamp - before < PAUSE) {
      event.preventDefault();
    } else {
      sent.set(event.target, event.timeStamp);
    }
  });
})();
