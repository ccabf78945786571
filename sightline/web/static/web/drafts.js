// Keeps what is typed into a form that names an address for drafts. The page works without it: each answer is kept too.
const EVERY = 15_000;

for (const form of document.querySelectorAll("form[data-draft]")) {
  const says = form.querySelector("[data-draft-says]");
  let changed = false;
  let leaving = false;

  const typed = () => {
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    return data;
  };

  // A request that outlives the page may carry little; one that need not may carry all.
  const leavesThePage = () => document.visibilityState === "hidden";

  const keep = async () => {
    if (!changed || leaving) return;
    changed = false;
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body: typed(), redirect: "error", keepalive: leavesThePage() });
      if (!answer.ok) throw new Error(String(answer.status));
      if (says) says.textContent = "Kept as a draft. Only you can see it.";
    } catch {
      changed = true;
      if (says) says.textContent = "This could not be kept as a draft just now. Leave the page open, or send it.";
    }
  };

  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { leaving = true; });
  window.addEventListener("pageshow", () => { leaving = false; });  // whoever comes back by the browser's own button
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") keep(); });
  setInterval(keep, EVERY);
}
