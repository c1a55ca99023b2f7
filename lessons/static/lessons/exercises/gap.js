// Gap: what is picked stands in the sentence at once; what is typed has its letters.

import { letters } from "../js/exercise.js";

const places = (form) => Array.from({ length: Number(form.elements.gaps.value) }, (_, place) => place);
const valueAt = (form, place) => form.elements[`gap-${place}`]?.value ?? "";

export const read = (form) => ({ gaps: places(form).map((place) => valueAt(form, place)) });

export function enhance(form) {
  letters(form);
  const slots = [...form.querySelectorAll(".slot[data-gap]")];
  const empty = slots.map((slot) => slot.firstElementChild);
  const draw = () => slots.forEach((slot, place) => slot.replaceChildren(valueAt(form, place) || empty[place]));
  form.addEventListener("change", draw);
  form.addEventListener("reset", () => setTimeout(draw));
  draw();
}
