// Mark a reviewer's comment as done without leaving the editor: what is typed there and not saved stays.

document.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-comment-done]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (link.ariaBusy === "true") return;
  const place = link.parentElement;
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  link.ariaBusy = "true";
  try {
    const reply = await fetch(link.href, { method: "POST", headers: { "X-CSRFToken": token, "X-Part": "comment" } });
    if (reply.status !== 204) throw new Error(reply.statusText);
    place.textContent = link.dataset.commentDone;
  } catch {
    const line = place.querySelector("em") ?? place.appendChild(document.createElement("em"));
    line.textContent = ` ${link.closest("[data-failed]").dataset.failed}`;
  } finally {
    link.ariaBusy = "false";
  }
});
