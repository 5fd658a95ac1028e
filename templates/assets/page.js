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

  // A passkey: the browser's answer goes into the form before the form goes out.
  const withPasskey = async (form) => {
    const told = document.getElementById("passkey-told");
    told.textContent = "";
    const { passkey, options } = form.dataset;
    try {
      const { publicKey } = JSON.parse(options);
      const answer = passkey === "create"
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
      form.elements.passkey_answer.value = JSON.stringify(answer.toJSON());
    } catch (error) {
      const stopped = error instanceof DOMException;
      told.textContent = stopped ? told.dataset.stopped : told.dataset.unable;
      return;
    }
    form.requestSubmit();
  };

  document.addEventListener("submit", (event) => {
    if (sent) {
      event.preventDefault();
      return;
    }
    const form = event.target;
    if (form.dataset.passkey && !form.elements.passkey_answer.value) {
      event.preventDefault();
      withPasskey(form);
      return;
    }
    sent = true;
    if (status) status.textContent = status.dataset.text;
    // After the browser has read the form: a disabled button would not send its own value.
    setTimeout(() => buttons().forEach((button) => { button.disabled = true; }), 0);
    // Nobody is left with a dead page when the network fails.
    setTimeout(ready, 20000);
  });

  // A page that waits for something elsewhere looks for it quietly, so that nobody loses their place;
  // without this it loads itself anew.
  const waiting = document.getElementById("waiting");
  const seconds = Number(waiting?.dataset.seconds ?? 0);
  if (seconds > 0) {
    const same = `data-version="${waiting.dataset.version}"`;
    let looking = false;
    const look = async () => {
      if (looking || sent || document.visibilityState !== "visible") return;
      looking = true;
      try {
        const answer = await fetch(location.href, { cache: "no-store" });
        const moved = answer.status < 500 && !(await answer.text()).includes(same);
        if (moved && !sent) location.replace(location.href);
      } catch {
        // The network is away: look again at the next turn.
      }
      looking = false;
    };
    setInterval(look, seconds * 1000);
    // Back from the bank's app on the same phone.
    document.addEventListener("visibilitychange", look);
  }

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
