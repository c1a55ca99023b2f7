// Type: a field, and the letters that keyboards lack.

import { letters } from "../js/exercise.js";

export const read = (form) => ({ text: form.elements.text.value });

export const enhance = letters;
