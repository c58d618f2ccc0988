// Narrows the list of notices as somebody types. Without script the whole list is there and this field is not.
const form = /** @type {HTMLFormElement} */ (document.querySelector(".filter"));
const field = /** @type {HTMLInputElement} */ (form.querySelector("input"));
const said = /** @type {HTMLElement} */ (form.querySelector("[role=status]"));
const categories = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".category"));

/** @param {string | null} text */
const folded = (text) => (text || "").normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** @param {number} count */
const sentence = (count) =>
  (count === 0 ? form.dataset.none : count === 1 ? form.dataset.one : form.dataset.many)?.replace("{count}", String(count));

function narrow() {
  const words = folded(field.value).split(/\s+/).filter(Boolean);
  let found = 0;
  for (const category of categories) {
    let here = 0;
    for (const item of /** @type {NodeListOf<HTMLElement>} */ (category.querySelectorAll("li"))) {
      const text = folded(category.querySelector("h2")?.textContent + " " + item.textContent);
      item.hidden = !words.every((word) => text.includes(word));
      if (!item.hidden) here += 1;
    }
    category.hidden = here === 0;
    found += here;
  }
  said.textContent = words.length ? sentence(found) || "" : "";
}

form.addEventListener("submit", (event) => event.preventDefault());
field.addEventListener("input", narrow);
form.hidden = false;
narrow(); // the browser may have kept what was typed before a reload
