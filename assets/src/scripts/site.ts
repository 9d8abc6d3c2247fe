// Small comforts on every page; without script everything still works.

// "/" goes to the search box, as its hint says.
document.addEventListener("keydown", (event) => {
  const at = event.target as HTMLElement;
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || at.closest("input, textarea, select, [contenteditable]")) return;
  const box = [...document.querySelectorAll<HTMLInputElement>("input[type=search]")].find((input) => input.offsetParent !== null);
  if (!box) return;
  event.preventDefault();
  box.focus();
});

// On paper nothing can be opened any more.
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll<HTMLDetailsElement>("main details")) details.open = true;
});

// The menu closes by Escape and by a press outside it.
const menu = document.querySelector<HTMLDetailsElement>("details.menu");
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu?.open) return;
  menu.open = false;
  menu.querySelector("summary")?.focus();
});
document.addEventListener("click", (event) => {
  if (menu?.open && !menu.contains(event.target as Node)) menu.open = false;
});

// One box ticks all boxes of its name; without script there is none.
for (const all of document.querySelectorAll<HTMLInputElement>("[data-all]")) {
  const label = all.closest("label");
  if (label) label.hidden = false;
}
document.addEventListener("change", (event) => {
  const all = event.target as HTMLInputElement;
  if (!all.dataset.all) return;
  for (const box of all.form?.querySelectorAll<HTMLInputElement>(`input[name="${all.dataset.all}"]`) ?? []) box.checked = all.checked;
});
