// The list of a new session: up, down and remove at once, without asking the server. Without this script the same
// buttons send the form.

const list = document.querySelector("[data-prompts]");
const count = document.querySelector("[data-count]");

list?.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=do]");
  if (!button) return;
  event.preventDefault();
  const row = button.closest("li");
  const [action] = button.value.split(":");
  if (action === "up") row.previousElementSibling?.before(row);
  if (action === "down") row.nextElementSibling?.after(row);
  if (action === "remove") {
    const near = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    near?.querySelector(`button[value^="remove:"]`).focus();
    count.textContent = count.dataset.words.replace("{count}", list.children.length);
  } else {
    button.focus();
  }
});
