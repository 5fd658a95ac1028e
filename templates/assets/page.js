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

  // A page between two sites goes on at once; whoever comes back to it stays, and has its button.
  const onward = document.querySelector("form[data-goes-by-itself]");
  const came = performance.getEntriesByType("navigation")[0]?.type;
  if (onward && came !== "back_forward") onward.requestSubmit();

  // A way back that is good for a minute: after that the page says so instead of leading to an error.
  const lapses = Number(document.querySelector("[data-lapses-after]")?.dataset.lapsesAfter ?? 0);
  if (lapses > 0) setTimeout(() => { if (!sent) location.reload(); }, lapses * 1000);

  // Back from the next page by the browser's cache.
  addEventListener("pageshow", (event) => { if (event.persisted) ready(); });
})();

// A keyboard on the page for fields that offer one. It writes into the field and keeps nothing itself.
(() => {
  "use strict";
  const DIGITS = [..."1234567890"];
  const LETTERS = ["qwertyuiop", "asdfghjkl", "zxcvbnm"].map((row) => [...row]);

  const made = (text, act, name) => {
    const key = document.createElement("button");
    key.type = "button";
    key.textContent = text;
    if (name) key.setAttribute("aria-label", name);
    key.addEventListener("click", act);
    return key;
  };

  const build = (board, field, close) => {
    const words = board.dataset;
    const told = document.createElement("p");
    told.className = "visually-hidden";
    told.setAttribute("role", "status");
    const changed = () => {
      told.textContent = words.count.replace("%", field.value.length);
      field.dispatchEvent(new Event("input", { bubbles: true }));
    };
    const letters = [];
    const row = (keys) => {
      const line = document.createElement("div");
      line.className = "keys";
      line.append(...keys);
      board.append(line);
    };
    const typing = (character) => {
      const key = made(character, () => { field.value += key.textContent; changed(); });
      return key;
    };
    row(DIGITS.map(typing));
    if (words.charset !== "half_width_digits") {
      LETTERS.forEach((line) => {
        const keys = line.map(typing);
        letters.push(...keys);
        row(keys);
      });
    }
    const last = [];
    if (letters.length) {
      const shift = made(words.shift, () => {
        const up = shift.getAttribute("aria-pressed") !== "true";
        shift.setAttribute("aria-pressed", String(up));
        letters.forEach((key) => {
          key.textContent = up ? key.textContent.toUpperCase() : key.textContent.toLowerCase();
          if (up) key.setAttribute("aria-label", words.capital.replace("%", key.textContent));
          else key.removeAttribute("aria-label");
        });
      });
      shift.setAttribute("aria-pressed", "false");
      last.push(shift);
    }
    last.push(
      made(words.delete, () => { field.value = field.value.slice(0, -1); changed(); }),
      made(words.clear, () => { field.value = ""; changed(); }),
      made(words.close, close),
    );
    row(last);
    board.append(told);
    // One stop of the Tab key; arrows move between the keys.
    const keys = () => [...board.querySelectorAll("button")];
    const move = (from, by) => {
      const all = keys();
      const to = all[(all.indexOf(from) + by + all.length) % all.length];
      all.forEach((key) => { key.tabIndex = key === to ? 0 : -1; });
      to.focus();
    };
    keys().forEach((key, place) => { key.tabIndex = place ? -1 : 0; });
    board.addEventListener("focusin", (event) => {
      keys().forEach((key) => { key.tabIndex = key === event.target ? 0 : -1; });
    });
    board.addEventListener("keydown", (event) => {
      const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (by) {
        event.preventDefault();
        move(event.target, by);
      } else if (event.key === "Escape") {
        close();
      }
    });
  };

  document.querySelectorAll(".keyboard").forEach((board) => {
    const field = document.getElementById(board.dataset.for);
    const button = document.getElementById(`${board.id}-button`);
    if (!field || !button) return;
    const show = (open) => {
      board.hidden = !open;
      button.setAttribute("aria-expanded", String(open));
      if (open) board.querySelector("button").focus();
      else button.focus();
    };
    build(board, field, () => show(false));
    button.hidden = false;
    button.addEventListener("click", () => show(board.hidden));
  });
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
