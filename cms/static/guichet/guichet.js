// The only script of the public pages, and all works without it: a second click on « Envoyer » does nothing.
(() => {
  const PAUSE = 1000;
  let last = 0;
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button || !button.hasAttribute("data-prevent-double-click")) return;
    if (event.timeStamp - last < PAUSE && last > 0) event.preventDefault();
    last = event.timeStamp;
  });
})();
