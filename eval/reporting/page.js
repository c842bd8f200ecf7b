"use strict";
document.documentElement.classList.add("has-script");

/* A link to a question opens it. */
function open_linked() {
  const card = /^#q\d+$/.test(location.hash) && document.getElementById(location.hash.slice(1));
  if (card) { card.hidden = false; card.open = true; card.scrollIntoView(); }
}
addEventListener("hashchange", open_linked);
open_linked();

/* Cards by outcome and by the words in their head. */
const outcome = document.getElementById("by-outcome"), words = document.getElementById("by-text");
const shown = document.getElementById("shown"), cards = [...document.querySelectorAll("details.card")];
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const heads = cards.map((card) => folded(card.querySelector("summary").textContent));
function filter() {
  const wanted = folded(words.value).split(/\s+/).filter(Boolean);
  let count = 0;
  cards.forEach((card, place) => {
    const fits = (!outcome.value || card.dataset.outcome === outcome.value) && wanted.every((word) => heads[place].includes(word));
    card.hidden = !fits;
    count += fits;
  });
  shown.textContent = `${count} ${shown.dataset.word}`;
}
outcome.addEventListener("change", filter);
words.addEventListener("input", filter);
document.getElementById("filter").addEventListener("submit", (event) => event.preventDefault());
filter();

/* Tables that sort by the column whose heading is pressed. */
for (const table of document.querySelectorAll("table.sortable")) {
  [...table.tHead.rows[0].cells].forEach((heading, column) => {
    const button = document.createElement("button");
    button.textContent = heading.textContent;
    heading.replaceChildren(button);
    button.addEventListener("click", () => {
      const down = heading.getAttribute("aria-sort") !== "descending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", down ? "descending" : "ascending");
      const value = (row) => row.cells[column].dataset.value ?? "";
      const by = (a, b) => value(a) === "" ? 1 : value(b) === "" ? -1
        : (Number(value(a)) - Number(value(b)) || value(a).localeCompare(value(b))) * (down ? -1 : 1);
      table.tBodies[0].append(...[...table.tBodies[0].rows].sort(by));
    });
  });
}
