/* The portal's own few habits in the browser. Every page works without them.

   data-error-summary   gets the focus when the page has loaded
   form[data-guard]     asks before leaving while something typed is not saved
   textarea[data-budget="120"]  says how many words are written, of how many that are advised
   details.menu         closes on Escape and when the focus or a click goes elsewhere */

"use strict";

function focusErrors() {
  const summary = document.querySelector("[data-error-summary]");
  if (summary) summary.focus();
}

function guard(form) {
  let changed = false;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
}

/* The sentence comes translated from the template: data-budget-text="{n} of about {max} words". */
function counter(area) {
  const budget = Number(area.dataset.budget);
  const line = document.createElement("p");
  line.className = "budget";
  line.id = `${area.id}_budget`;
  area.after(line);
  area.setAttribute("aria-describedby", `${area.getAttribute("aria-describedby") || ""} ${line.id}`.trim());
  const count = () => {
    const words = area.value.split(/\s+/).filter(Boolean).length;
    const sentence = area.dataset.budgetText || "{n} / {max}";
    line.textContent = sentence.replace("{n}", words).replace("{max}", budget);
    line.classList.toggle("budget--over", words > budget);
  };
  area.addEventListener("input", count);
  count();
}

function menu(details) {
  document.addEventListener("click", (event) => {
    if (!details.contains(event.target)) details.open = false;
  });
  details.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !details.contains(event.relatedTarget)) details.open = false;
  });
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    details.open = false;
    details.querySelector("summary").focus();
  });
}

/* A script with "defer" runs when the page's elements are there. */
focusErrors();
document.querySelectorAll("form[data-guard]").forEach(guard);
document.querySelectorAll("textarea[data-budget]").forEach(counter);
document.querySelectorAll("details.menu").forEach(menu);
