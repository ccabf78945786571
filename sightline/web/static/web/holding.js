// Sends a form only while the server can be reached: what was typed is never lost to a page that says there is none.
for (const form of document.querySelectorAll("form[data-held]")) {
  const says = document.createElement("p");
  says.setAttribute("role", "alert");
  form.append(says);
  let sending = false;

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (sending) return;
    sending = true;
    try {
      await fetch(location.href, { method: "HEAD", cache: "no-store" });
      form.submit();
    } catch {
      sending = false;
      says.className = "s-banner s-banner--warning";
      says.textContent = "There is no connection, so nothing was sent. What you typed is still here: send it again in a moment.";
    }
  });
  window.addEventListener("pageshow", () => { sending = false; });
}
