// Brings a page that others are writing on up to date by itself. Without script, "Refresh" does the same.
const EVERY = 5_000;
const page = document.querySelector("[data-live]");

if (page) {
  const main = document.getElementById("maincontent");
  const says = document.createElement("p");
  says.setAttribute("role", "status");
  says.className = "nhsuk-u-visually-hidden";
  main.before(says);
  let stamp = page.dataset.live;
  let seen = new Date();
  let pressed = false;
  let leaving = false;

  const clock = (moment) => moment.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const standing = (root) => root.querySelector(".s-banner")?.textContent.trim() ?? "";
  const nameOf = (one) => one && `${one.tagName} ${one.form?.action ?? one.href ?? ""} ${one.textContent}`;
  const openOnes = () => [...main.querySelectorAll("details[open] > summary")].map((one) => one.textContent);

  // What was open stays open, and whoever had reached something with the keyboard is still there.
  const put = (fresh) => {
    const before = standing(main);
    const held = main.contains(document.activeElement) ? nameOf(document.activeElement) : null;
    const open = openOnes();
    main.replaceChildren(...fresh.childNodes);
    for (const one of main.querySelectorAll("details > summary")) one.parentElement.open = open.includes(one.textContent);
    if (held) [...main.querySelectorAll("a, button, summary")].find((one) => nameOf(one) === held)?.focus({ preventScroll: true });
    if (standing(main) !== before) says.textContent = standing(main);
  };

  const look = async () => {
    if (pressed || leaving || document.visibilityState === "hidden") return;
    let answer;
    try {
      answer = await fetch(location.href, { headers: { "If-None-Match": stamp }, cache: "no-store" });
    } catch {
      says.className = "s-banner s-banner--warning";
      says.textContent = `There is no connection. You see how it stood at ${clock(seen)}. It comes up to date by itself.`;
      return;
    }
    if (answer.status !== 304 && (!answer.ok || answer.redirected)) return location.reload();
    if (says.className !== "nhsuk-u-visually-hidden") {
      says.className = "nhsuk-u-visually-hidden";
      says.textContent = "";
    }
    seen = new Date();
    if (answer.status === 304) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("maincontent");
    if (!fresh || pressed || leaving) return;
    stamp = answer.headers.get("ETag");
    put(fresh);
  };

  const again = async () => {
    await look();
    setTimeout(again, EVERY * (0.8 + Math.random() * 0.4)); // so that a room full of readers does not ask all at once
  };

  document.addEventListener("pointerdown", () => { pressed = true; });
  document.addEventListener("pointerup", () => { setTimeout(() => { pressed = false; }); });
  document.addEventListener("pointercancel", () => { pressed = false; });
  window.addEventListener("submit", () => { leaving = true; });
  window.addEventListener("pageshow", () => { leaving = false; });
  document.addEventListener("visibilitychange", look);
  setTimeout(again, EVERY);
}
