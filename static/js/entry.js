/* Last year's text stands open beside the field on a wide screen, closed on a narrow one. */

"use strict";

if (window.matchMedia("(width < 48rem)").matches) {
  document.querySelectorAll("details.last-year").forEach((details) => { details.open = false; });
}
