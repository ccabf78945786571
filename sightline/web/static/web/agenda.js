// Lets the items of an agenda be dragged into another order; "Move up" and "Move down" do the same without script.
const list = document.querySelector(".s-agenda[data-ordered]");
const form = document.getElementById("agenda-order");

if (list && form) {
  let held = null;
  for (const item of list.children) {
    item.draggable = true;
    item.addEventListener("dragstart", (event) => {
      held = item;
      event.dataTransfer.effectAllowed = "move";
      item.classList.add("s-agenda__held");
    });
    item.addEventListener("dragover", (event) => {
      if (!held) return;
      event.preventDefault();
      const { top, height } = item.getBoundingClientRect();
      if (held !== item) list.insertBefore(held, event.clientY < top + height / 2 ? item : item.nextElementSibling);
    });
    item.addEventListener("drop", (event) => event.preventDefault());
    item.addEventListener("dragend", () => {
      held = null;
      item.classList.remove("s-agenda__held");
      const order = [...list.children].map((one) => one.id.replace("item-", "")).join(",");
      if (order === form.elements.order.value) return;
      form.elements.order.value = order;
      form.submit();
    });
  }
}
