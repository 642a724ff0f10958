"use strict";
(function () {
  var root = document.documentElement;

  function make(tag, attributes, text) {
    var element = document.createElement(tag);
    Object.keys(attributes).forEach(function (name) { element.setAttribute(name, attributes[name]); });
    if (text) { element.textContent = text; }
    return element;
  }

  function button(text, action) {
    var made = make("button", { type: "button" }, text);
    made.addEventListener("click", action);
    return made;
  }

  // Code is hidden until it is asked for.
  var toggle = document.getElementById("toggle-code");
  if (toggle && document.querySelector(".code")) {
    toggle.hidden = false;
    toggle.addEventListener("click", function () {
      var shown = root.classList.toggle("show-code");
      toggle.setAttribute("aria-pressed", String(shown));
      toggle.textContent = shown ? "Hide code" : "Show code";
    });
  }

  // Tables: sorted by a click on a heading, filtered, downloaded.
  function value(row, column) {
    var text = row.cells[column].textContent.trim();
    var number = Number(text.replace(/,/g, "").replace("−", "-"));
    return text === "–" || text === "" ? null : isNaN(number) ? text.toLowerCase() : number;
  }

  function sort(table, heading, column) {
    var up = heading.getAttribute("aria-sort") === "descending" ||
      (!heading.hasAttribute("aria-sort") && !heading.classList.contains("n"));
    table.querySelectorAll("th").forEach(function (other) { other.removeAttribute("aria-sort"); });
    heading.setAttribute("aria-sort", up ? "ascending" : "descending");
    var body = table.tBodies[0];
    Array.from(body.rows).map(function (row, place) { return [value(row, column), place, row]; }).sort(function (a, b) {
      if (a[0] === null || b[0] === null) { return (a[0] === null) - (b[0] === null) || a[1] - b[1]; }
      if (typeof a[0] !== typeof b[0]) { return typeof a[0] === "number" ? -1 : 1; }
      var order = typeof a[0] === "number" ? a[0] - b[0] : a[0].localeCompare(b[0]);
      return (up ? order : -order) || a[1] - b[1];
    }).forEach(function (item) { body.appendChild(item[2]); });
  }

  function quoted(cell) {
    var text = cell.textContent.trim();
    if (text === "–") { return ""; }
    if (cell.classList.contains("n")) { text = text.replace(/,/g, "").replace("−", "-"); }
    else if (/^[=+\-@\t\r]/.test(text)) { text = "'" + text; } // which a spreadsheet would take for a formula
    return '"' + text.replace(/"/g, '""') + '"';
  }

  function download(table, name) {
    var lines = Array.from(table.rows).map(function (row) { return Array.from(row.cells).map(quoted).join(","); });
    var url = URL.createObjectURL(new Blob(["\ufeff" + lines.join("\n") + "\n"], { type: "text/csv" }));
    var link = make("a", { href: url, download: (name.replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 60) || "table") + ".csv" });
    link.click();
    setTimeout(function () { URL.revokeObjectURL(url); }, 1000);
  }

  document.querySelectorAll(".ct-table").forEach(function (box) {
    var table = box.querySelector("table");
    var name = box.getAttribute("aria-label") || "table";
    if (!table || !table.tBodies.length) { return; }
    Array.from(table.tHead ? table.tHead.rows[0].cells : []).forEach(function (heading, column) {
      var sorter = button(heading.textContent, function () { sort(table, heading, column); });
      sorter.className = "sort";
      heading.setAttribute("data-name", heading.textContent); // printed: a button is not repeated on each page
      heading.textContent = "";
      heading.appendChild(sorter);
    });
    var tools = make("p", { "class": "tools" });
    if (table.caption) {
      tools.appendChild(make("strong", { "aria-hidden": "true" }, table.caption.textContent));
      table.caption.className = "told"; // beside its tools; for who cannot see them it stays where it belongs
    }
    if (table.tBodies[0].rows.length > 6) {
      var search = make("input", { type: "search", placeholder: "Filter", "aria-label": "Filter rows: " + name });
      search.addEventListener("input", function () {
        var wanted = search.value.toLowerCase();
        Array.from(table.tBodies[0].rows).forEach(function (row) {
          row.hidden = row.textContent.toLowerCase().indexOf(wanted) < 0;
        });
      });
      tools.appendChild(search);
    }
    var csv = button("Download CSV", function () { download(table, name); });
    csv.setAttribute("aria-label", "Download CSV: " + name);
    tools.appendChild(csv);
    box.parentNode.insertBefore(tools, box);
  });

  // The passages behind a row, beside the table, ten at a time.
  var data = document.getElementById("places");
  var known = null;
  var dialog = make("dialog", { "class": "behind", "aria-labelledby": "behind-title" });
  var title = make("h2", { id: "behind-title", tabindex: "-1" });
  var list = make("div", { tabindex: "0", role: "group", "aria-label": "Passages" });
  var bar = make("p", { "class": "bar" });
  var passages = [], left = "", first = 0, size = 10;
  var before = button("Previous", function () { first -= size; fill(); });
  var after = button("Next", function () { first += size; fill(); });
  [before, after, button("Close", function () { dialog.close(); })].forEach(function (one) { bar.appendChild(one); });
  [title, list, bar].forEach(function (one) { dialog.appendChild(one); });

  // They are packed; what cannot unpack them has the passages that stand open.
  var able = data && typeof DecompressionStream === "function";
  function unpacked(then) {
    if (known) { then(); return; }
    var bytes = Uint8Array.from(atob(data.textContent), function (one) { return one.charCodeAt(0); });
    var stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
    new Response(stream).json().then(function (told) { known = read(told); then(); });
  }

  // Places and rows come as steps from one number to the next.
  function read(told) {
    var begin = 0;
    function summed(steps) {
      var sum = 0;
      return steps.map(function (step) { sum += step; return sum; });
    }
    told.places = summed(told.of).map(function (passage, place) {
      begin += told.lengths[place];
      return [passage].concat(told.marks.slice(begin - told.lengths[place], begin));
    });
    told.rows = told.rows.map(function (row) { return row.slice(0, 1).concat(summed(row.slice(1))); });
    return told;
  }

  function spans(place) {
    var found = [];
    for (var i = 1; i < place.length; i += 3) { found.push([place[i], place[i] + place[i + 1], place[i + 2] || 0]); }
    return found;
  }

  // A passage with these spans of it marked; spans may overlap.
  function marked(text, over) {
    var copy = make("p", {});
    var edges = [0, text.length];
    over.forEach(function (span) { edges.push(span[0], span[1]); });
    edges = edges.filter(function (edge, place) { return edge <= text.length && edges.indexOf(edge) === place; });
    edges.sort(function (a, b) { return a - b; }).slice(0, -1).forEach(function (begin, place) {
      var words = text.slice(begin, edges[place + 1]);
      var here = over.filter(function (span) { return span[0] <= begin && span[1] >= edges[place + 1]; });
      if (!here.length) { copy.appendChild(document.createTextNode(words)); return; }
      var kinds = [1, 2].filter(function (kind) { return here.some(function (span) { return span[2] === kind; }); });
      copy.appendChild(make("mark", { "class": kinds.map(function (kind) { return " sc"[kind]; }).join(" ") }, words));
    });
    return copy;
  }

  // Passages (number, spans) below the headlines of their articles.
  function write(box, chosen) {
    var above = -1;
    chosen.forEach(function (one) {
      var passage = known.passages[one[0] - 1];
      if (passage[0] !== above) {
        var about = known.articles[passage[0]];
        var head = make("h3", {}, about[0] + (about[1] ? " " : ""));
        if (about[1]) { head.appendChild(make("span", {}, about[1])); }
        box.appendChild(head);
      }
      above = passage[0];
      box.appendChild(marked(passage[1], one[1]));
    });
  }

  function fill() {
    list.textContent = "";
    write(list, passages.slice(first, first + size));
    var last = Math.min(first + size, passages.length);
    title.textContent = "Where it stands" +
      (passages.length > 1 ? ": " + (first + 1) + "–" + last + " of " + passages.length + " passages" : "") + left;
    before.hidden = first === 0;
    after.hidden = last === passages.length;
    list.scrollTop = 0;
    title.focus();
  }

  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a[data-r]");
    if (!link || !able || !dialog.showModal) { return; }
    event.preventDefault();
    unpacked(function () { open(known.rows[link.getAttribute("data-r")]); });
  });

  function open(row) {
    var at = {};
    passages = [];
    row.slice(1).forEach(function (number) {
      var place = known.places[number];
      if (!at[place[0]]) { at[place[0]] = [place[0], []]; passages.push(at[place[0]]); }
      at[place[0]][1] = at[place[0]][1].concat(spans(place));
    });
    left = row[0] > row.length - 1 ? ", with " + (row.length - 1) + " of " + row[0].toLocaleString("en") + " places" : "";
    first = 0;
    if (!dialog.parentNode) { document.body.appendChild(dialog); }
    dialog.showModal();
    fill();
  }

  // All passages together, marked when they are first looked at.
  var all = document.querySelector(".passages details");
  if (all && able) {
    all.addEventListener("toggle", function () {
      unpacked(function () {
        var over = known.passages.map(function (_passage, place) { return [place + 1, []]; });
        known.places.forEach(function (place) {
          var one = over[place[0] - 1];
          one[1] = one[1].concat(spans(place));
        });
        all.querySelectorAll("article").forEach(function (one) { one.remove(); });
        write(all, over);
      });
    }, { once: true });
  }
}());
