// A picture that is too large is said before it is sent, and a form is sent once.
for (const form of document.querySelectorAll("[data-uploading]")) {
  const file = form.elements.picture
  file.addEventListener("change", () => {
    const tooLarge = file.files[0] && file.files[0].size > Number(form.dataset.most)
    file.setCustomValidity(tooLarge ? form.dataset.tooLarge : "")
    file.reportValidity()
  })
  form.addEventListener("submit", event => {
    if (!file.validity.customError) return
    event.preventDefault()
    file.reportValidity()
  })
}
document.querySelector("[role=alert][tabindex='-1']")?.focus()
