// @ts-check
/**
 * <consent-form> lets somebody give, refuse and withdraw consent without leaving the page. Without this script the form
 * inside it does the same by itself. Every word is in the element's data attributes. Nothing is stored on the device, and
 * nothing is said to be done before the server has said so.
 */
{
  /** @typedef {{reference: string, token: string, manage_url: string, state: Record<string, string>}} Receipt */

  const PATIENCE = 20000; // milliseconds to wait for an answer

  /**
   * @param {string} tag
   * @param {string} text
   * @param {Record<string, string>} [attributes]
   */
  const element = (tag, text, attributes = {}) => {
    const made = document.createElement(tag);
    made.textContent = text;
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  };

  /**
   * @param {string} address
   * @param {string} body JSON
   * @param {Record<string, string>} headers
   */
  const post = (address, body, headers) =>
    fetch(address, {
      method: "POST",
      body,
      headers: { "Content-Type": "application/json", ...headers },
      signal: AbortSignal.timeout(PATIENCE),
    });

  class ConsentForm extends HTMLElement {
    #body = "";
    #key = ""; // one for each choice: however often that choice is sent, it counts once
    #busy = false;
    #status = element("p", "", { role: "status" });

    connectedCallback() {
      const form = this.querySelector("form");
      if (!form || !crypto.randomUUID || !AbortSignal.timeout) return; // the form works as it is
      this.append(this.#status);
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.#once(form, "failed", () => this.#choose(form));
      });
    }

    /** @param {string} name */
    #word(name) {
      return this.dataset[name] || "";
    }

    /**
     * Runs one act at a time and says that it is under way. A failure leaves everything as it was, ready to be tried again.
     * @param {HTMLElement} place where a failure is told
     * @param {string} failure the word that tells it
     * @param {() => Promise<void>} act
     */
    async #once(place, failure, act) {
      if (this.#busy) return;
      this.#busy = true;
      this.querySelector(".errors")?.remove();
      const buttons = place.querySelectorAll("button");
      for (const button of buttons) button.setAttribute("aria-disabled", "true"); // disabled would lose the focus
      try {
        await act();
      } catch {
        this.#problem(place, element("p", this.#word(failure)));
      }
      for (const button of buttons) button.removeAttribute("aria-disabled");
      this.#status.textContent = "";
      this.#busy = false;
    }

    /**
     * @param {HTMLElement} place
     * @param {HTMLElement[]} said
     */
    #problem(place, ...said) {
      const box = element("div", "", { class: "errors", role: "alert", tabindex: "-1" });
      box.append(...said);
      place.prepend(box);
      box.focus();
    }

    /** @param {HTMLFormElement} form */
    async #choose(form) {
      const request = this.#request(form);
      const control = form.querySelector("[name^='decision.']");
      if (control && !Object.keys(request.decisions).length) {
        return this.#problem(form, element("a", this.#word("choose"), { href: "#" + control.id }));
      }
      const body = JSON.stringify(request);
      if (body !== this.#body) this.#key = crypto.randomUUID();
      this.#body = body;
      this.#status.textContent = this.#word("sending");
      const answer = await post("/api/consents", body, { "Idempotency-Key": this.#key });
      if (answer.ok) return this.#receipt(form, await answer.json());
      if (answer.status === 409) {
        const reload = element("a", this.#word("reload"), { href: location.pathname + location.search });
        return this.#problem(form, element("p", this.#word("stale")), reload);
      }
      if (answer.status >= 500 || answer.status === 429) throw answer;
      HTMLFormElement.prototype.submit.call(form); // the page that the server answers with says best what is wrong
    }

    /** @param {HTMLFormElement} form */
    #request(form) {
      const fields = new FormData(form);
      /** @param {string} name */
      const text = (name) => String(fields.get(name) || "") || undefined; // undefined is left out of JSON
      const chosen = [...fields].filter(([name]) => name.startsWith("decision."));
      return {
        notice: this.getAttribute("notice"),
        version: Number(text("version")),
        digest: text("digest"),
        language: text("language"),
        decisions: Object.fromEntries(chosen.map(([name, decision]) => [name.slice(9), String(decision)])),
        email: text("email"),
        acting_for: text("acting_for"),
      };
    }

    /**
     * Shows what was recorded in place of the form.
     * @param {HTMLFormElement} form
     * @param {Receipt} receipt
     */
    #receipt(form, { reference, token, manage_url, state }) {
      const shown = element("div", "", { class: "receipt" });
      const kinds = Object.values(state);
      const heading = element("h2", this.#word(kinds.includes("withdrawn") ? "stopped" : "done"), { tabindex: "-1" });
      shown.append(heading);
      for (const [id, kind] of Object.entries(state)) {
        const legend = form.querySelector(`[id="consent-${id}"] legend`);
        shown.append(
          element("p", this.#word(kind), { class: "state " + kind }),
          element("blockquote", legend?.textContent || ""),
        );
        if (kind === "given") {
          const button = element("button", this.#word("withdraw"), { type: "button", class: "quiet" });
          button.addEventListener("click", () =>
            this.#once(shown, "unheard", async () => {
              this.#status.textContent = this.#word("sending");
              const address = `/api/receipts/${encodeURIComponent(reference)}/withdrawals`;
              const body = JSON.stringify({ consents: [id] });
              const answer = await post(address, body, { Authorization: "Bearer " + token });
              if (!answer.ok) throw answer;
              const withdrawn = await answer.json();
              shown.remove();
              this.#receipt(form, { reference, token, manage_url, state: { ...state, ...withdrawn.state } });
            }),
          );
          shown.append(button);
        }
      }
      const [before, after] = this.#word("reference").split("{reference}");
      const number = element("p", "", { class: "reference" });
      number.append(before, element("strong", reference), after || "");
      const link = element("p", "");
      link.append(element("a", this.#word("receipt"), { href: manage_url }));
      shown.append(number, link);
      if (kinds.includes("given")) {
        number.after(element("p", this.#word("keep")));
      } else {
        const again = element("button", this.#word("again"), { type: "button", class: "quiet" });
        again.addEventListener("click", () => {
          shown.remove();
          form.reset();
          this.#body = "";
          form.hidden = false;
          /** @type {HTMLElement | null} */ (form.querySelector("[name^='decision.']"))?.focus();
        });
        shown.append(again);
      }
      form.hidden = true;
      this.prepend(shown);
      heading.focus();
    }
  }

  customElements.define("consent-form", ConsentForm);
}
