// Runs on every page: sounds, and who is signed in. Pages are the same for everyone; this adds the person.

import { cookie, me, text } from "./api.js";
import "./hear.js";

document.documentElement.classList.add("js");

function link(address, label) {
  const made = document.createElement("a");
  made.href = address;
  made.textContent = label;
  return made;
}

function signOut(address) {
  const token = cookie("csrftoken");
  // Without the token the server asks for confirmation on a page of its own.
  if (!token) return link(address, text("signOut"));
  const form = document.createElement("form");
  form.method = "post";
  form.action = address;
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name: "csrfmiddlewaretoken", value: token });
  const button = document.createElement("button");
  button.textContent = text("signOut");
  form.append(field, button);
  return form;
}

async function showPerson(place) {
  const person = await me();
  if (!person) return;
  const account = link(place.dataset.account, person.name || text("profile"));
  account.setAttribute("aria-label", text("menuOf", { name: person.name || person.email }));
  account.prepend(place.querySelector("svg").cloneNode(true));
  place.replaceChildren(account, signOut(place.dataset.out));
}

const place = document.querySelector("[data-account]");
if (place) showPerson(place);

// <a data-listening href="…"> leads to where one chooses variety and speed; here it opens over the page.
// Not in hear.js, which the choice needs: a circle of imports could not be given names by content.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-listening]");
  if (!link || !("popover" in link) || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  import("./listening.js").then(({ open }) => open(link)).catch(() => location.assign(link.href));
});

// Elements that bring a script of their own get it when they come near: <exercise-form data-module="…">
const near = new IntersectionObserver((seen) => {
  for (const { isIntersecting, target } of seen) {
    if (!isIntersecting) continue;
    near.unobserve(target);
    import(target.dataset.module);
  }
}, { rootMargin: "600px" });
for (const element of document.querySelectorAll("[data-module]")) near.observe(element);
