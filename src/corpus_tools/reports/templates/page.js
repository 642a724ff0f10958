"use strict";
(function () {
  var button = document.getElementById("toggle-code");
  if (!button || !document.querySelector(".code")) { return; }
  button.hidden = false;
  button.addEventListener("click", function () {
    var shown = document.documentElement.classList.toggle("show-code");
    button.setAttribute("aria-pressed", String(shown));
    button.textContent = shown ? "Hide code" : "Show code";
  });
}());
