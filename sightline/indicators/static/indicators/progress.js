// Asks every two seconds how far a drop of files is, says it, and shows what became of them once all are settled.
const says = document.getElementById("progress-says");
const bar = document.getElementById("progress");

async function ask() {
  try {
    const answer = await fetch(location.href);
    if (answer.redirected || !answer.ok) throw new Error(answer.statusText);
    const now = new DOMParser().parseFromString(await answer.text(), "text/html");
    const further = now.getElementById("progress");
    if (!further) return location.reload();
    bar.value = further.value;
    const words = now.getElementById("progress-says").textContent;
    if (says.textContent !== words) says.textContent = words; // a screen reader says it again whenever it is set
  } catch {
    // The house may be out of reach for a moment; the link on the page asks by hand.
  }
  setTimeout(ask, 2000);
}

setTimeout(ask, 1000);
