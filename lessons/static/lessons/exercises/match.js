// Match: tap a word, then its meaning. The selects of the plain form stay and hold the answer.

import { announce, arrows, make } from "../js/exercise.js";

const selects = (form) => [...form.querySelectorAll(".match select")];

export const read = (form) => ({
  pairs: Object.fromEntries(selects(form).filter((one) => one.value).map((one) => [one.name.replace("pair-", ""), one.value])),
});

/** What stands for a meaning: its words, or its picture with the words for those who cannot see it. */
const face = ({ text, dataset }) => dataset.picture
  ? make("img", { className: "pic", src: dataset.picture, width: dataset.width, height: dataset.height, alt: text, draggable: false })
  : text;

export function enhance(form) {
  const list = form.querySelector(".match");
  const bank = form.querySelector("[data-bank]");
  const rows = selects(form).map((select) => rowOf(select));
  const meanings = [...rows[0].select.options].slice(1).map((option) => {
    const button = make("button", { type: "button", className: "part", lang: option.lang }, face(option));
    button.addEventListener("click", () => put(option, button));
    return { option, button };
  });
  const free = () => rows.find((row) => !row.select.value);
  const textOf = (value) => meanings.find((one) => one.option.value === value)?.option.text;
  let active = free();

  function rowOf(select) {
    const label = select.previousElementSibling;
    label.id = `${select.id}-word`;
    const slot = make("button", { type: "button", className: "slot", id: `${select.id}-slot` });
    slot.setAttribute("aria-labelledby", `${label.id} ${slot.id}`);
    const row = { select, slot, label };
    slot.addEventListener("click", () => { take(row); active = row; draw(); });
    label.addEventListener("click", (event) => { event.preventDefault(); slot.click(); });
    select.hidden = true;
    select.before(slot);
    return row;
  }

  function take(row) {
    if (!row.select.value) return;
    announce(form, list.dataset.taken, { meaning: textOf(row.select.value) });
    row.select.value = "";
  }

  function put(option, button) {
    const row = active && !active.select.value ? active : free();
    if (!row) return;
    const left = meanings.map((one) => one.button).filter((one) => !one.hidden);
    const next = left[left.indexOf(button) + 1] ?? left[left.indexOf(button) - 1];
    row.select.value = option.value;
    row.select.dispatchEvent(new Event("input", { bubbles: true }));
    active = free();
    draw();
    (next ?? row.slot).focus();
    announce(form, list.dataset.placed, { meaning: option.text, word: row.label.textContent });
  }

  function draw() {
    const used = new Set(rows.map((row) => row.select.value));
    for (const row of rows) {
      const text = textOf(row.select.value);
      row.slot.replaceChildren(text === undefined ? list.dataset.free : face(row.select.selectedOptions[0]));
      row.slot.classList.toggle("empty", text === undefined);
      row.slot.setAttribute("aria-pressed", String(row === active));
    }
    for (const { option, button } of meanings) button.hidden = used.has(option.value);
  }

  bank.append(...meanings.map((one) => one.button));
  arrows(bank);
  arrows(list);
  form.addEventListener("reset", () => setTimeout(() => { active = free(); draw(); }));
  for (const hidden of [bank, form.querySelector("[data-how]")]) hidden.hidden = false;
  draw();
}
