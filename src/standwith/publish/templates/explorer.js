"use strict";
(function () {
  const codes = JSON.parse(document.getElementById("codes").textContent);
  const items = Array.from(document.querySelectorAll(".item"));
  const data = items.map(function (node) {
    const row = { node: node, id: node.id, text: node.textContent.toLowerCase() };
    ["where", "target", "nature", "goals", "phases", "tier"].forEach(function (name) {
      row[name] = node.dataset[name].split(" ");
    });
    return row;
  });
  const form = document.getElementById("filters");
  const count = document.getElementById("count");
  const table = document.getElementById("matrix");
  document.documentElement.classList.add("js");

  function chosen() {
    const words = form.q.value.toLowerCase().split(/\s+/).filter(Boolean);
    return data.filter(function (row) {
      const fits = ["where", "target", "nature", "goals", "phases", "tier"].every(function (name) {
        return !form[name].value || row[name].includes(form[name].value);
      });
      return fits && words.every(function (word) { return row.text.includes(word); });
    });
  }

  function cell(tag, text) {
    const node = document.createElement(tag);
    if (text) { node.textContent = text; }
    return node;
  }

  function draw(rows) {
    const down = form.rows.value, across = form.columns.value;
    const start = performance.now();
    const found = {};
    rows.forEach(function (row) {
      row[down].forEach(function (a) {
        row[across].forEach(function (b) { (found[a + "|" + b] = found[a + "|" + b] || []).push(row); });
      });
    });
    const body = document.createDocumentFragment();
    const head = cell("tr"), corner = cell("td");
    head.append(corner);
    const columns = Object.keys(codes[across]);
    columns.forEach(function (b) { const th = cell("th", b + " " + codes[across][b]); th.scope = "col"; head.append(th); });
    const thead = cell("thead");
    thead.append(head);
    const tbody = cell("tbody");
    Object.keys(codes[down]).forEach(function (a) {
      const line = cell("tr"), th = cell("th", a + " " + codes[down][a]);
      th.scope = "row";
      line.append(th);
      columns.forEach(function (b) {
        const td = cell("td");
        (found[a + "|" + b] || []).forEach(function (row) {
          const link = cell("a", row.id);
          link.href = "#" + row.id;
          if (row.tier[0] === "T3") {
            link.className = "barred";
            link.setAttribute("aria-label", row.id + ", never as worded");
          }
          td.append(link, " ");
        });
        line.append(td);
      });
      tbody.append(line);
    });
    body.append(thead, tbody);
    table.replaceChildren(body);
    table.dataset.ms = String(performance.now() - start);
  }

  function update() {
    const rows = chosen();
    const shown = new Set(rows);
    data.forEach(function (row) { row.node.hidden = !shown.has(row); });
    count.textContent = rows.length + " / " + data.length;
    draw(rows);
  }

  form.addEventListener("input", update);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function () { setTimeout(update, 0); });
  update();
}());
