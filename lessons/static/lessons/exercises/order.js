// Order: tap the parts into the line and back, or drag them; arrow keys move a part within it. The selects of the plain form hold the answer.

import { announce, arrows, make } from "../js/exercise.js";
import { drag } from "../js/drag.js";

const selects = (form) => [...form.querySelectorAll(".places select")];
const byPlace = (form) => selects(form).filter((one) => one.value).sort((a, b) => a.value - b.value);

export const read = (form) => ({ order: byPlace(form).map((one) => one.name.replace("place-", "")) });

export const isMissing = (answer, form) => answer.order.length < selects(form).length;

export function enhance(form) {
  const line = form.querySelector("[data-line]");
  const bank = form.querySelector("[data-bank]");
  const places = form.querySelector(".places");
  const parts = selects(form).map((select) => {
    const label = select.previousElementSibling;
    const button = make("button", { type: "button", className: "part", lang: label.lang }, label.textContent);
    const part = { select, button, text: label.textContent };
    button.addEventListener("click", () => (placed.includes(part) ? take(part) : put(part)));
    button.addEventListener("keydown", (event) => { if (placed.includes(part)) move(part, event); });
    return part;
  });
  const fromForm = () => byPlace(form).map((select) => parts.find((part) => part.select === select));
  let placed = fromForm();

  function put(part) {
    const left = parts.filter((one) => !placed.includes(one));
    const next = left[left.indexOf(part) + 1] ?? left[left.indexOf(part) - 1];
    placed.push(part);
    draw();
    (next ?? part).button.focus();
    tell(part);
  }

  function take(part) {
    placed = placed.filter((one) => one !== part);
    draw();
    part.button.focus();
    announce(form, line.dataset.taken, { part: part.text });
  }

  function move(part, event) {
    const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const from = placed.indexOf(part);
    const to = from + step;
    if (to < 0 || to >= placed.length) return;
    placed.splice(from, 1);
    placed.splice(to, 0, part);
    draw();
    part.button.focus();
    tell(part);
  }

  /** A part dragged into the line stands before the first one that the pointer has not passed. */
  function drop(moved, target, event) {
    const part = parts.find((one) => one.button === moved);
    if (target !== line) return placed.includes(part) ? take(part) : undefined;
    placed = placed.filter((one) => one !== part);
    const after = placed.findIndex((one) => isBefore(event, one.button.getBoundingClientRect()));
    placed.splice(after < 0 ? placed.length : after, 0, part);
    draw();
    part.button.focus();
    tell(part);
  }

  const isBefore = ({ clientX, clientY }, box) =>
    clientY < box.top || (clientY < box.bottom && clientX < box.left + box.width / 2);

  const tell = (part) =>
    announce(form, line.dataset.placed, { part: part.text, place: String(placed.indexOf(part) + 1) });

  function draw() {
    for (const part of parts) part.select.value = placed.includes(part) ? String(placed.indexOf(part) + 1) : "";
    line.replaceChildren(...placed.map((part) => part.button));
    bank.replaceChildren(...parts.filter((part) => !placed.includes(part)).map((part) => part.button));
    form.dispatchEvent(new Event("input"));
  }

  arrows(bank);
  drag(form, { handle: ".part", target: "[data-line], [data-bank]", drop });
  form.addEventListener("reset", () => setTimeout(() => { placed = fromForm(); draw(); }));
  places.hidden = true;
  for (const hidden of [line, bank, form.querySelector("[data-how]")]) hidden.hidden = false;
  draw();
}
