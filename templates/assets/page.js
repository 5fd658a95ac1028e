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

// Which bank? While something is typed, the page is fetched as the search button would fetch it, and
// its findings take the place of these. One search, on the server; without this it has a button.
(() => {
  "use strict";
  const form = document.getElementById("bank-search");
  if (!form) return;
  const field = document.getElementById("q");
  let waiting = 0;
  let asked = field.value;
  let last = null;

  const search = async () => {
    if (field.value === asked) return;
    asked = field.value;
    last?.abort();
    last = new AbortController();
    try {
      const query = new URLSearchParams(new FormData(form));
      const answer = await fetch(`${form.action}?${query}`, { signal: last.signal });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const id of ["results", "found"]) {
        const found = page.getElementById(id);
        if (found) document.getElementById(id).replaceChildren(...found.childNodes);
      }
    } catch {
      // Overtaken by the next letter, or offline: the button is still there.
    }
  };

  field.addEventListener("input", (event) => {
    clearTimeout(waiting);
    // Kana that are still being composed are no word yet.
    if (!event.isComposing) waiting = setTimeout(search, 200);
  });
  field.addEventListener("compositionend", () => {
    clearTimeout(waiting);
    waiting = setTimeout(search, 200);
  });
})();

// Digits copied together are spread over their fields: as many as are asked, or the whole number.
(() => {
  "use strict";
  document.querySelectorAll(".digits[data-length]").forEach((row) => {
    const fields = [...row.querySelectorAll("input")];
    row.addEventListener("paste", (event) => {
      const digits = event.clipboardData.getData("text").normalize("NFKC").replace(/[\s-]/g, "");
      const whole = digits.length === Number(row.dataset.length);
      if (!/^\d{2,}$/.test(digits) || !(whole || digits.length === fields.length)) return;
      event.preventDefault();
      fields.forEach((field, place) => {
        field.value = digits[whole ? field.dataset.position - 1 : place];
      });
      fields.at(-1).focus();
    });
  });
})();
