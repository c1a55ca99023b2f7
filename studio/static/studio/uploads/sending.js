// What both senders share: one request with progress, tried again after a broken connection.

const PAUSES = [1000, 3000, 8000];

export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** Send one body; resolve with the reply's JSON. Reject with Refused where trying again would not help. */
function once(address, body, headers, hear) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.responseType = "json";
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => event.lengthComputable && hear?.(event.loaded / event.total);
    request.onload = () => {
      if (request.status >= 500 || request.status === 0) return reject(new Error(`status ${request.status}`));
      // Signed out, the reply is a page, not JSON.
      if (request.status >= 400 || !request.response) {
        return reject(new Refused(request.status, request.response?.message ?? ""));
      }
      return resolve(request.response);
    };
    request.onerror = request.ontimeout = request.onabort = () => reject(new Error("no connection"));
    request.send(body);
  });
}

export async function send(address, body, headers, hear) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await once(address, body, headers, hear);
    } catch (error) {
      if (error instanceof Refused || attempt >= PAUSES.length) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSES[attempt]));
    }
  }
}

export const fill = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

export const read = (id) => JSON.parse(document.getElementById(id).textContent);

export const headersOf = (form) => ({
  "Content-Type": "application/octet-stream",
  "X-CSRFToken": form.elements.csrfmiddlewaretoken.value,
  "X-Requested-With": "XMLHttpRequest",
});

/** Show what only works with scripts; tell the browser to ask before leaving while something is on its way. */
export function wake(form, isBusy) {
  for (const element of form.querySelectorAll("[data-script-only]")) element.hidden = false;
  window.addEventListener("beforeunload", (event) => {
    if (isBusy()) event.preventDefault();
  });
}
