// Leads from a mark to its card and its article, carries clicks inside our own markup to the server, and keeps the
// newest question in view.
(() => {
  const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  const sideBySide = () => matchMedia("(hover: hover) and (min-width: 901px)").matches;
  const typing = (element) => element.matches && element.matches("input, textarea, select, [contenteditable=true]");
  const one = (selector) => document.querySelector(selector);

  // Acts: a click on [data-act] is told to the server with all its data, unless the page can do it alone.

  const alone = {
    copy(button) {
      const label = button.textContent;
      navigator.clipboard.writeText(button.dataset.text).then(() => {
        button.textContent = button.dataset.done;
        setTimeout(() => { button.textContent = label; }, 1600);
      });
    },
    correct(button) {
      const box = one("#question textarea");
      box.value = button.dataset.question;
      box.dispatchEvent(new Event("input", { bubbles: true }));
      box.focus();
    },
    close() { closeReader(); },
  };

  const act = (element) => {
    const detail = { ...element.dataset };
    const word = element.parentElement.querySelector("input.why");
    if (detail.act === "judge" && word) detail.why = word.value;
    if (alone[detail.act]) return alone[detail.act](element);
    if (detail.act === "read") {
      opener = element.closest("#reader") ? opener : element;
      highlight(cardOf(element));
    }
    if (window.depecheActs) window.depecheActs(detail);
  };

  document.addEventListener("click", (event) => {
    if (!event.target.closest || event.ctrlKey || event.metaKey) return;
    const acting = event.target.closest("[data-act]");
    if (acting) {
      event.preventDefault();
      if (!acting.disabled) act(acting);
      return;
    }
    const link = event.target.closest('.gradio-container a[href^="#"]');
    if (!link) return;
    event.preventDefault();
    reveal(document.getElementById(link.getAttribute("href").slice(1)));
  });

  // Marks and cards: pointing at a mark shows its card; a link inside the page shows where it leads.

  const cardOf = (mark) => {
    const { turn, number } = mark.dataset;
    return turn && number ? document.getElementById(`source-${turn}-${number}`) : null;
  };

  const highlight = (card) => {
    document.querySelectorAll(".card.active").forEach((other) => other.classList.remove("active"));
    if (card) card.classList.add("active");
  };

  const unfold = (target) => {
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  };

  const point = (event) => {
    const mark = event.target.closest && event.target.closest("#conversation .mark");
    const card = mark && cardOf(mark);
    if (!card || !sideBySide()) return;
    unfold(card);
    highlight(card);
    card.scrollIntoView({ block: "nearest", behavior: calm() });
  };
  document.addEventListener("mouseover", point);
  document.addEventListener("focusin", point);

  const reveal = (target) => {
    if (!target) return;
    unfold(target);
    highlight(target.matches(".card") ? target : null);
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "start", behavior: calm() });
  };

  // The reader of articles: opens when the server has sent one, and gives the focus back when it closes.

  let opener = null;
  let opened = null;

  const isReading = () => "open" in one("#reader").dataset;

  const showReader = () => {
    const reading = one("#reader .reading");
    if (!reading || reading.dataset.opened === opened) return;
    opened = reading.dataset.opened;
    one("#reader").dataset.open = "";
    reading.focus({ preventScroll: true });
    const sentence = reading.querySelector("mark.current");
    if (sentence) sentence.scrollIntoView({ block: "center" });
    else reading.scrollTop = 0;
  };

  const closeReader = () => {
    if (!isReading()) return;
    delete one("#reader").dataset.open;
    const back = opener && (opener.isConnected ? opener : again(opener));
    if (back) back.focus();
  };

  // The conversation may have been written anew since: the same mark in it is another element by now.
  const again = ({ dataset: { turn, number } }) =>
    turn && number ? one(`#conversation [data-turn="${turn}"][data-number="${number}"]`) : null;

  // Keys: / to ask, Escape to leave the reader, arrows from citation to citation.

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") return closeReader();
    if (event.key === "Enter" && event.target.matches("input.why")) {
      const send = event.target.parentElement.querySelector("input.why ~ [data-act=judge]");
      return send && act(send);
    }
    if (typing(event.target)) return;
    if (event.key === "/") {
      const box = one("#question textarea");
      if (!box || !box.offsetParent) return;
      event.preventDefault();
      return box.focus();
    }
    const forward = event.key === "ArrowRight" || event.key === "ArrowDown";
    if (!forward && event.key !== "ArrowLeft" && event.key !== "ArrowUp") return;
    const mark = event.target.closest("#conversation .mark");
    if (mark) {
      const marks = [...document.querySelectorAll("#conversation .mark")];
      const next = marks[marks.indexOf(mark) + (forward ? 1 : -1)];
      if (next) { event.preventDefault(); next.focus(); }
    } else if (event.key.match(/Left|Right/) && isReading()) {
      const step = one(`#reader .step.${forward ? "next" : "previous"}`);
      if (step && !step.disabled) { event.preventDefault(); act(step); }
    }
  });

  // A file made by the server: its link is followed as soon as it is there.

  let saved = null;
  const save = () => {
    const link = one("#told a[download]");
    if (!link || link.dataset.saved === saved) return;
    saved = link.dataset.saved;
    link.click();
  };

  // A new question scrolls to the top of the conversation and stays there until its answer is complete.

  let following = null;
  let settled = true;
  const follow = () => {
    const last = one("#conversation .turn:last-child");
    if (!last || (last.id === following && settled)) return;
    const known = following !== null || last.getAttribute("aria-busy") === "true";
    following = last.id;
    settled = last.getAttribute("aria-busy") === "false";
    last.scrollIntoView({ block: "start", behavior: known ? calm() : "auto" });
  };

  const speak = () => {
    const told = one("#told [data-language]");
    if (!told) return;
    document.documentElement.lang = told.dataset.language;
    document.documentElement.dataset.settled = told.dataset.settled;
  };

  new MutationObserver(() => { speak(); follow(); showReader(); save(); }).observe(document.documentElement, {
    childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ["aria-busy", "data-opened"],
  });
})();
