/* Makes pages a little smoother. Every form and link works without it; it never decides anything. */
(() => {
  "use strict";

  const live = () => document.getElementById("live");

  /* A second press of a button that is on its way does nothing, for as long as an answer may take. */
  const busy = new WeakSet();
  const longest = 10000;
  document.addEventListener("submit", event => {
    const form = event.target;
    if (form.method !== "post") return;
    const offline = document.getElementById("offline");
    if (offline && !navigator.onLine) {
      event.preventDefault();
      offline.hidden = false;
      offline.focus();
      return;
    }
    if (offline) offline.hidden = true;
    if (busy.has(form)) { event.preventDefault(); return; }
    busy.add(form);
    form.setAttribute("aria-busy", "true");
    setTimeout(() => { busy.delete(form); form.removeAttribute("aria-busy"); }, longest);
  });
  /* A page that is gone back to is asked for again. */
  window.addEventListener("pageshow", event => { if (event.persisted) location.reload(); });

  /* The part of the page that depends on a choice is fetched and put in place; scroll and focus stay where they were. */
  let asked = 0;
  const show = async address => {
    const turn = ++asked;
    live().setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("live");
      if (turn !== asked) return;
      if (!answer.ok || !fresh) { location.assign(address); return; }
      const label = document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent;
      const inside = live().contains(document.activeElement);
      live().replaceWith(fresh);
      history.replaceState(null, "", address);
      if (inside) same(fresh, label)?.focus({ preventScroll: true });
    } catch {
      /* No connection: the plain way shows the browser's own page, and nothing was done. */
      if (turn === asked) location.assign(address);
    }
  };
  const same = (root, label) => [...root.querySelectorAll("a, button")]
    .find(e => (e.getAttribute("aria-label") ?? e.textContent) === label) ?? root.querySelector("[aria-current]");

  document.addEventListener("click", event => {
    const link = event.target.closest("a[data-live]");
    if (!link || !live() || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    show(link.href);
  });

  const addressOf = (form, button) => {
    const address = new URL(form.action);
    address.search = new URLSearchParams(new FormData(form, button)).toString();
    return address.href;
  };
  document.addEventListener("submit", event => {
    const form = event.target;
    if (!form.hasAttribute("data-live") || !live()) return;
    event.preventDefault();
    form.dataset.chosen = event.submitter?.value ?? "";
    show(addressOf(form, event.submitter)).then(() => live().scrollIntoView({ block: "nearest" }));
  });

  /* Typing another number of seats asks again, once the typing rests. */
  let rest;
  document.addEventListener("input", event => {
    const form = event.target.form;
    if (!form?.hasAttribute("data-live")) return;
    clearTimeout(rest);
    rest = setTimeout(() => {
      const button = [...form.querySelectorAll("button")].find(b => b.value === form.dataset.chosen) ?? form.querySelector("button");
      show(addressOf(form, button));
    }, 350);
  });
})();
