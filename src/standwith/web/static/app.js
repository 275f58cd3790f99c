// On top of pages that work without it: keys, exit, passkeys. No state is kept in the browser.
(() => {
  const body = document.body;
  const typing = (node) => node.closest && node.closest("input, textarea, select, [contenteditable]");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (!body.hasAttribute("data-keys")) return;
    const to = { "/": "#q", "?": 'a[href="/keys"]' }[event.key];
    const node = to && document.querySelector(to);
    if (!node) return;
    event.preventDefault();
    node.matches("a") ? node.click() : node.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") document.querySelector("#hits")?.replaceChildren();
  });
  document.querySelector(".errors")?.focus();
  const form = document.querySelector("form[data-passkey]");
  if (!form || !window.PublicKeyCredential) return;
  form.hidden = false;
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const ask = (url, value) => fetch(url, {
    method: "POST", body: JSON.stringify(value ?? {}),
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
  }).then((reply) => reply.ok ? reply.json() : reply.json().then((p) => { throw new Error(p.detail); }));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const said = form.querySelector("[role=status]");
    try {
      const { publicKey } = await ask(form.action + "/begin");
      const kind = form.dataset.passkey;
      const key = kind === "new"
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
      const done = await ask(form.action + "/finish", key.toJSON());
      location.assign(done.next);
    } catch (error) {
      said.textContent = error.message;
    }
  });
})();
