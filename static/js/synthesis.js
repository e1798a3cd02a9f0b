/* The live preview of the synthesis desk. When the login has run out meanwhile, htmx is answered with the login page:
   that must not take the preview's place; the writer is told instead, while the text is still there to be copied. */

"use strict";

document.addEventListener("htmx:beforeSwap", (event) => {
  const answeredFrom = new URL(event.detail.xhr.responseURL, window.location.href).pathname;
  if (answeredFrom.endsWith("/preview/")) return;
  event.detail.shouldSwap = false;
  document.querySelector("[data-logged-out]").hidden = false;
});
