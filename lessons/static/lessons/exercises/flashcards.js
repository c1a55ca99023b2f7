// Flashcards: one card at a time. It is turned by its own fold; whoever turned it says whether it was known, and what
// was not comes again. Nothing leaves the page.

import { sentence } from "../js/exercise.js";

const isKnown = (card) => card.hasAttribute("data-known");

export const read = (form) => ({
  known: [...form.querySelectorAll("[data-card]")].filter(isKnown).map((card) => card.dataset.card),
});

export function enhance(form) {
  const find = (name) => form.querySelector(name);
  const cards = [...form.querySelectorAll("[data-card]")];
  const [count, judge, end] = [find("[data-count]"), find("[data-judge]"), find("[data-end]")];
  const [word, again] = [end.querySelector("p"), end.querySelector("button")];
  const status = [...form.querySelectorAll("[role=status]")].at(-1);
  let round = cards;
  let place = 0;

  function show() {
    const card = round[place];
    for (const one of cards) {
      one.hidden = one !== card;
      one.querySelector("details").open = false;
    }
    judge.hidden = true;
    end.hidden = Boolean(card);
    count.hidden = !card;
    count.textContent = sentence(count.dataset.pattern, { place: String(place + 1), whole: String(round.length) }).join("");
    if (!card) finish();
  }

  function finish() {
    const known = cards.filter(isKnown).length;
    const isAll = known === cards.length;
    const said = { known: String(known), whole: String(cards.length) };
    word.textContent = isAll ? end.dataset.all : sentence(end.dataset.some, said).join("");
    again.textContent = isAll ? again.dataset.anew : again.dataset.rest;
    word.focus();
  }

  function goOn() {
    show();
    if (!round[place]) return;
    status.textContent = count.textContent;
    round[place].querySelector("summary").focus();
  }

  for (const card of cards)
    card.querySelector("details").addEventListener("toggle", ({ target }) => {
      if (card !== round[place]) return;
      judge.hidden = !target.open;
      // What came to light is said as well, each part in its own language.
      if (target.open) status.replaceChildren(...[...target.querySelectorAll(".back p")].map((one) => one.cloneNode(true)));
    });
  judge.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (!button) return;
    round[place].toggleAttribute("data-known", button.hasAttribute("data-knew"));
    place += 1;
    goOn();
  });
  again.addEventListener("click", () => {
    round = cards.filter((card) => !isKnown(card));
    if (!round.length) {
      round = cards;
      for (const card of cards) card.removeAttribute("data-known");
    }
    place = 0;
    goOn();
  });
  show();
}
