// Choosing which variety is heard first, and how fast: on its own page, or in a sheet over the page one is on.
//
// The choice counts at once; it is kept on the device, and in the account of who is signed in (hear.js).

import { text } from "./api.js";
import { choose, listening } from "./hear.js";

function ready(form) {
  const status = form.querySelector("[role=status]");
  const set = () => {
    for (const name of ["variety", "speed"]) {
      const wanted = [...form.elements[name]].find((one) => one.value === String(listening[name]));
      if (wanted) wanted.checked = true;
    }
  };
  set();
  // The account's choice may come later than the page.
  document.addEventListener("listening", set);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", async ({ target: { name, value } }) => {
    try {
      await choose({ [name]: name === "speed" ? Number(value) : value });
      status.textContent = form.dataset.saved;
    } catch {
      status.textContent = form.dataset.refused;
    }
  });
}

function closing() {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "btn quiet", textContent: text("close") });
  return button;
}

/** Show the choice in a sheet beside `link`, which leads to its page. Rejects where that cannot be had. */
export async function open(link) {
  const reply = await fetch(link.href);
  const page = new DOMParser().parseFromString(await reply.text(), "text/html");
  const form = page.querySelector("[data-listening-form]");
  const title = page.querySelector("h1");
  if (!reply.ok || !form) throw new Error("no choice there");
  const sheet = document.createElement("div");
  Object.assign(sheet, { className: "card stack listening", popover: "auto" });
  sheet.setAttribute("role", "dialog");
  sheet.setAttribute("aria-labelledby", "listening-title");
  const heading = document.createElement("h2");
  Object.assign(heading, { id: "listening-title", textContent: title.textContent, tabIndex: -1 });
  const close = closing();
  close.addEventListener("click", () => sheet.hidePopover());
  const head = document.createElement("div");
  head.className = "row spread nowrap top";
  head.append(heading, close);
  sheet.append(head, document.adoptNode(form));
  // On a desk it stands beside the link; on a phone it comes from below.
  link.style.setProperty("anchor-name", "--listening");
  sheet.style.setProperty("position-anchor", "--listening");
  document.body.append(sheet);
  ready(form);
  sheet.addEventListener("toggle", ({ newState }) => {
    if (newState !== "closed") return;
    sheet.remove();
    link.focus({ preventScroll: true });
  });
  sheet.showPopover();
  heading.focus({ preventScroll: true });
}

const own = document.querySelector("main [data-listening-form]");
if (own) ready(own);
