// What the scripts of every page share: the API (JSON in, JSON out, problems as errors), who is signed in,
// words in the page's language, and the one place where a message is shown and spoken.

const ROOT = "/api/v1/";

/** What the API refused: `status` (0 without a connection) and `problem`, its body if it had one. */
export class ApiError extends Error {
  constructor(status, problem) {
    super(problem?.detail ?? problem?.title ?? `HTTP ${status}`);
    this.status = status;
    this.problem = problem;
  }
}

export function cookie(name) {
  const found = document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}

async function call(method, path, body, { type = "application/json", ...options } = {}) {
  const headers = { Accept: "application/json", "Accept-Language": document.documentElement.lang };
  if (body !== undefined) headers["Content-Type"] = type;
  if (method !== "GET") headers["X-CSRFToken"] = cookie("csrftoken");
  let response;
  try {
    response = await fetch(path.startsWith("/") ? path : ROOT + path, {
      method, headers, credentials: "same-origin",
      body: body === undefined || body instanceof ArrayBuffer ? body : JSON.stringify(body), ...options,
    });
  } catch {
    throw new ApiError(0, null);
  }
  const data = response.status === 204 ? null : await response.json().catch(() => null);
  if (!response.ok) throw new ApiError(response.status, data);
  return data;
}

export const get = (path) => call("GET", path);
export const post = (path, body = {}, options) => call("POST", path, body, options);
export const put = (path, body = {}, options) => call("PUT", path, body, options);
export const patch = (path, body = {}, options) => call("PATCH", path, body, options);
export const remove = (path, options) => call("DELETE", path, undefined, options);

/** PUT a form with files. It is packed in memory first: a file that went away meanwhile fails here, not half-way. */
export async function upload(path, form, options) {
  const packed = new Response(form);
  return call("PUT", path, await packed.arrayBuffer(), { type: packed.headers.get("Content-Type"), ...options });
}

/** Say whether somebody seems to be signed in. It is a hint, not a right: the API decides. */
export const isSignedIn = () => cookie("signed_in") !== "";

let person;

/** Return who is signed in, or null; the API is asked once per page. */
export function me() {
  person ??= isSignedIn() ? get("me/").catch(() => null) : Promise.resolve(null);
  return person;
}

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
