// Leads from a mark to its card and its sentence in the article, and keeps the newest question in view.
(() => {
  const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";

  const reveal = (target) => {
    for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    document.querySelectorAll(".card.active").forEach((card) => card.classList.remove("active"));
    if (target.matches(".card")) {
      target.classList.add("active");
      const whole = target.querySelector(".whole");
      if (whole) whole.open = true;
      const text = target.querySelector(".text");
      const quote = target.querySelector(".text mark");
      if (quote) text.scrollTop = Math.max(0, quote.offsetTop - text.clientHeight / 3);
    }
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "start", behavior: calm() });
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest('#desk a[href^="#"]');
    if (!link) return;
    event.preventDefault();
    const target = document.getElementById(link.getAttribute("href").slice(1));
    if (target) reveal(target);
  });

  // A new question scrolls to the top of the conversation and stays there until its answer is complete.
  let following = null;
  let settled = true;
  new MutationObserver(() => {
    const last = document.querySelector("#conversation .turn:last-child");
    if (!last || (last.id === following && settled)) return;
    following = last.id;
    settled = last.getAttribute("aria-busy") === "false";
    last.scrollIntoView({ block: "start", behavior: calm() });
  }).observe(document.documentElement, {
    childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ["aria-busy"],
  });

  document.documentElement.lang = navigator.language.toLowerCase().startsWith("en") ? "en" : "fr";
})();
