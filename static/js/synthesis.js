/* The live preview of the synthesis desk. When the login has run out meanwhile, htmx is answered with the login page or a
   refusal: that must not take the preview's place; the writer is told instead, while the text is still there to be copied. */

"use strict";

document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  const answeredFrom = new URL(xhr.responseURL, window.location.href).pathname;
  const answered = xhr.status < 400 && answeredFrom.endsWith("/preview/");
  if (!answered) event.detail.shouldSwap = false;
  document.querySelector("[data-logged-out]").hidden = answered;
});
