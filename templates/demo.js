// @ts-check
/** What another site may do when an answer is recorded: here it says which reference goes with the enquiry. */
document.addEventListener("consent-recorded", (event) => {
  const told = document.getElementById("told");
  if (told) told.textContent = (told.dataset.text || "") + " " + /** @type {CustomEvent} */ (event).detail.reference;
});
