// One press is one submit. Everything works without this; the server refuses a second one anyway.
(() => {
  "use strict";
  const status = document.getElementById("sending");
  const buttons = () => document.querySelectorAll("button[type=submit]");
  let sent = false;

  const ready = () => {
    sent = false;
    if (status) status.textContent = "";
    buttons().forEach((button) => { button.disabled = false; });
  };

  document.addEventListener("submit", (event) => {
    if (sent) {
      event.preventDefault();
      return;
    }
    sent = true;
    if (status) status.textContent = status.dataset.text;
    // After the browser has read the form: a disabled button would not send its own value.
    setTimeout(() => buttons().forEach((button) => { button.disabled = true; }), 0);
    // Nobody is left with a dead page when the network fails.
    setTimeout(ready, 20000);
  });

  // Back from the next page by the browser's cache.
  addEventListener("pageshow", (event) => { if (event.persisted) ready(); });
})();
