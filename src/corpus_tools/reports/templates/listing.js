"use strict";
(function () {
  var search = document.getElementById("search");
  var cards = Array.from(document.querySelectorAll(".card"));
  if (!search || cards.length < 2) { return; }
  search.parentNode.hidden = false;
  var found = document.getElementById("found");
  search.addEventListener("input", function () {
    var wanted = search.value.toLowerCase().split(/\s+/);
    var shown = 0;
    cards.forEach(function (card) {
      var text = card.textContent.toLowerCase();
      card.hidden = !wanted.every(function (word) { return text.indexOf(word) >= 0; });
      shown += !card.hidden;
    });
    found.textContent = shown + " of " + cards.length + " reports";
  });
}());
