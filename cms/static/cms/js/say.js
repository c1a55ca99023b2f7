// Words that scripts say, in the page's language, and the one place where they are heard.

const texts = JSON.parse(document.getElementById("texts")?.textContent ?? "{}");
let clearing;

/** Return the sentence for `key`; `%(name)s` in it is replaced from `values`. */
export function text(key, values = {}) {
  return (texts[key] ?? "").replace(/%\((\w+)\)s/g, (whole, name) => values[name] ?? whole);
}

/** Show a message at the foot of the window and let screen readers say it. It goes away by itself. */
export function say(message) {
  const place = document.getElementById("announcement");
  if (!place) return;
  clearTimeout(clearing);
  place.textContent = "";
  // A live region speaks on change: the same sentence twice must be two changes.
  requestAnimationFrame(() => { place.textContent = message; });
  clearing = setTimeout(() => { place.textContent = ""; }, 8000);
}
