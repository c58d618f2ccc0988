// @ts-check
/**
 * <consent-form> lets somebody give, refuse, renew and withdraw consent without leaving the page.
 *
 * On our own pages it takes over the form inside it, which does the same without this script. On another site of the
 * council it builds that form in a shadow tree of its own, with the words that the endpoint gives; until then, and
 * wherever that fails, the link inside it is what people see.
 *
 * On our own pages a saved answer leads to the receipt's address, embedded it shows the receipt in place: to leave would
 * lose the form that it stands in.
 *
 * Nothing is said to be done before the server has said so. Nothing is stored on the device unless somebody ticks the
 * box for it: then the token of the receipt, and nothing else. No token is ever part of an address that this script asks.
 */
{
  /**
   * @typedef {object} Receipt
   * @property {string} reference
   * @property {string} token
   * @property {string} manage_url
   * @property {Record<string, string>} state by consent: given, refused, withdrawn or lapsed
   * @property {Record<string, object>} renewal the words that came in place of those agreed to
   * @property {Record<string, string>} statements the words that were answered
   * @property {string} acting_for self or child
   */
  /** @typedef {{id: string, topic: string | null, statement: string, notes: string[], answers: [string, string][]}} Asked */
  /** @typedef {{name: string, type: string, autocomplete: string, label: string, hint: string}} Field */
  /**
   * @typedef {object} Form what a notice asks of one person, or for a child: the endpoint decides
   * @property {string} acting_for self or child
   * @property {string} lead
   * @property {Asked[]} asked
   * @property {Field[]} fields
   * @property {string | null} instead for whom one can answer in place of that
   */

  const PATIENCE = 10000; // milliseconds to wait for an answer
  const PAUSES = [1000, 3000, 0]; // milliseconds between tries; the last try is followed by none

  // Anything on `document` can be covered by an element with that name: these two are taken from where nobody can.
  const { createElement } = Document.prototype;
  const { get } = /** @type {{get: () => HTMLScriptElement}} */ (Object.getOwnPropertyDescriptor(Document.prototype, "currentScript"));
  const HOME = get.call(document).src.replace(/(assets.)?[^/]+$/, ""); // where the site is, with a final slash

  /**
   * @param {string} tag
   * @param {Record<string, string>} attributes those that are empty are left out
   * @param {(Node | string)[]} inside text is put in as text
   */
  const make = (tag, attributes, ...inside) => {
    const made = createElement.call(document, tag);
    for (const name in attributes) if (attributes[name]) made.setAttribute(name, attributes[name]);
    made.append(...inside);
    return made;
  };

  /** @param {string} href */
  const anchor = (href) => /** @type {HTMLAnchorElement} */ (make("a", { href }));

  /**
   * Asks the endpoint, and again where it does not answer or cannot. Every act is safe to send twice.
   * @param {string} path
   * @param {string | false} [token] of a receipt
   * @param {string} [body] JSON
   */
  const ask = async (path, token, body) => {
    for (const pause of PAUSES) {
      try {
        const answer = await fetch(HOME + "api/" + path, {
          method: body ? "POST" : "GET",
          body,
          headers: {
            ...(token && { Authorization: "Bearer " + token }),
            ...(body && { "Content-Type": "application/json" }),
          },
          redirect: "error",
          referrerPolicy: "strict-origin",
          signal: AbortSignal.timeout(PATIENCE),
        });
        if (answer.status < 429) return answer; // 429 and 5xx may pass: asked again
      } catch {
        if (!navigator.onLine) break;
      }
      await new Promise((done) => setTimeout(done, pause));
    }
    throw Error(path);
  };

  /** @param {HTMLFormElement} form */
  const first = (form) => /** @type {HTMLElement | null} */ (form.querySelector("[name^='decision.']"));

  class ConsentForm extends HTMLElement {
    #notice = "";
    #lang = "";
    /** @type {Record<string, string | undefined>} */
    #words = {};
    #prefix = ""; // of their names
    /** @type {Record<string, string>} */
    #statements = {};
    /** @type {object} */
    #read = {}; // which version, where the form does not say it itself
    #view = ""; // the id of this view of the form: however often it is sent from here, an answer counts once
    /** @type {string | false} */
    #token = false; // of the receipt that the next answer follows
    #busy = false;
    #status = make("p", { role: "status" });
    #slot = make("slot", {});
    /** @type {HTMLElement | undefined} */
    #place; // what holds the form or the receipt
    /** @type {(() => void) | undefined} */
    #retry;
    /** @type {(() => void) | undefined} */
    #after; // sends the form that this one stands in, once the answer is saved
    #title = document.title;

    connectedCallback() {
      if (this.#place || !isSecureContext || !AbortSignal.timeout) return; // the form or the link works as it is
      this.#notice = encodeURIComponent(this.getAttribute("notice") || "");
      this.#lang = (this.closest("[lang]")?.getAttribute("lang") || "").split("-")[0];
      addEventListener("online", () => this.#retry?.());
      const form = this.querySelector("form");
      if (form) {
        this.#words = this.dataset;
        this.#place = this;
        this.#offer(form);
      } else {
        this.#place = make("div", { role: "group", dir: "auto" });
        const styles = make("link", { rel: "stylesheet", href: HOME + "consent.css" });
        this.attachShadow({ mode: "open" }).append(styles, this.#place, this.#slot);
        this.#load().catch(console.warn); // the link stays
        this.closest("form")?.addEventListener("submit", (event) => this.#before(event), true);
      }
    }

    /** @param {string} name */
    #word(name) {
      return this.#words[this.#prefix + name] || "";
    }

    /**
     * The receipt's token that this device remembers, after changing it if asked to. Storage may be forbidden: then none.
     * @param {string | null} [token] the one to remember; empty where it is yet to come; null to forget
     */
    #kept(token) {
      const name = "consent:" + this.#notice;
      try {
        if (token != null) localStorage[name] = token;
        if (token === null) delete localStorage[name];
        return localStorage[name];
      } catch {} // none
    }

    /** @param {string} path */
    #path(path) {
      return path + "?language=" + this.#lang;
    }

    /**
     * The form that this one stands in waits until an answer that was chosen is saved.
     * @param {SubmitEvent} event
     */
    #before(event) {
      const form = this.#place?.querySelector("form");
      if (!form || form.hidden || !form.querySelector("[name^='decision.']:checked")) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      form.requestSubmit();
      this.#after = () => this.closest("form")?.requestSubmit(event.submitter);
    }

    /**
     * Builds the form on another site.
     * @param {string} [who] for whom: self or child
     */
    async #load(who) {
      const place = /** @type {HTMLElement} */ (this.#place);
      this.#retry = () => this.#load(who).catch(console.warn);
      const answer = await ask(this.#path("notices/" + this.#notice) + "&for=" + (who || ""));
      const notice = await answer.json();
      if (!answer.ok) {
        if (!this.querySelector("a")) {
          const href = HOME + "consent/" + this.#notice;
          this.append(make("a", { href }, href));
        }
        place.replaceChildren();
        return this.#problem(place, make("p", {}, notice.detail));
      }
      this.#retry = undefined;
      if (!notice.form.asked.length) return;
      this.#words = notice.words;
      this.#prefix = "consent_form.";
      this.#lang = place.lang = notice.language;
      this.#slot.hidden = true;
      place.setAttribute("aria-label", notice.title);
      const form = this.#form(notice);
      place.replaceChildren(form);
      if (this.#view) first(form)?.focus(); // the button that asked for it is gone
      this.#offer(form);
    }

    /**
     * The same form that our own pages have.
     * @param {{version: number, digest: string, language: string, form: Form, url: string}} notice
     */
    #form({ version, digest, language, form: { acting_for, lead, asked, fields, instead }, url }) {
      this.#read = { version, digest, language, acting_for };
      const form = make("form", { novalidate: "1", autocomplete: "off" }, lead); // the endpoint says what is wrong
      if (instead) {
        const link = make("a", { href: HOME + this.#path("consent/" + this.#notice) + "&for=" + instead }, this.#word("instead_" + instead));
        link.onclick = (event) => {
          event.preventDefault();
          this.#load(instead).catch(console.warn);
        };
        form.append(make("p", {}, link));
      }
      for (const { id, topic, statement, notes, answers } of asked) {
        const name = "decision." + id;
        const choices = make("div", { class: "choices" });
        for (const [value, text] of answers) choices.append(make("label", {}, make("input", { type: "radio", name, value }), text));
        if (topic) form.append(make("h3", {}, topic));
        form.append(
          make(
            "fieldset",
            { id: "set-" + id, "aria-describedby": "effect-" + id },
            make("legend", {}, statement),
            make("p", { id: "effect-" + id }, notes.join(" ")),
            choices,
          ),
        );
      }
      for (const { name, type, autocomplete, label, hint } of fields) {
        const id = "field-" + name;
        form.append(
          make("label", { for: id }, label),
          make("p", { class: "hint", id: "hint-" + name }, hint),
          make("input", { id, name, type, autocomplete, "aria-describedby": "hint-" + name }),
        );
      }
      form.append(
        make("button", {}, this.#word("send")),
        make("p", { class: "links" }, this.#link(url, "read"), " ", this.#link(HOME + this.#path("withdraw") + "&notice=" + this.#notice, "lost")),
      );
      return /** @type {HTMLFormElement} */ (form);
    }

    /**
     * A link to our own site and nowhere else. From another site it opens a new tab: a half-filled form stays.
     * @param {string} address
     * @param {string} text the word
     */
    #link(address, text) {
      const { search, pathname } = anchor(address);
      const link = Object.assign(anchor(HOME), { search, pathname }); // never another host, whatever the address is
      link.append(this.#word(text));
      if (this.shadowRoot) {
        link.target = "_blank";
        link.append(` (${this.#word("tab")})`);
      }
      return link;
    }

    /**
     * Takes over a form: what it sends is sent from here.
     * @param {HTMLFormElement} form
     */
    #offer(form) {
      for (const set of form.querySelectorAll("[id^=set-]")) {
        this.#statements[set.id.slice(4)] = set.querySelector("legend")?.textContent || "";
      }
      this.#view = (!this.shadowRoot && history.state?.consent) || crypto.randomUUID();
      this.#place?.append(this.#status);
      if (!this.shadowRoot) form.querySelector("button")?.before(this.#remember(""));
      form.onsubmit = (event) => {
        event.preventDefault();
        const request = this.#request(form); // a later try sends what was chosen now, whatever has been touched since
        this.#once(form, "failed", () => this.#choose(form, request));
      };
      // Storage is asked once the form is on the screen: that takes a slow phone time.
      setTimeout(() => {
        const token = this.#kept();
        if (token) this.#recall(form, token).catch(console.warn); // the form is there
      });
    }

    /**
     * Shows the receipt that this device remembers, with the words that were read then.
     * @param {HTMLFormElement} form
     * @param {string} token
     */
    async #recall(form, token) {
      const answer = await ask("receipts", token);
      if (answer.status === 404) this.#kept(null);
      if (!answer.ok) return;
      const receipt = await answer.json();
      if (!this.#busy) this.#receipt(form, receipt, "stands");
    }

    /**
     * Runs one act at a time and says that it is under way. A failure leaves everything as it was; the act is tried again
     * when the device is back on line, or when the button is pressed again.
     * @param {HTMLElement} place where a failure is told
     * @param {string} failure the word that tells it
     * @param {() => Promise<void>} act
     */
    async #once(place, failure, act) {
      if (this.#busy) return;
      this.#busy = true;
      this.#retry = this.#after = undefined;
      for (const told of place.querySelectorAll(".errors,.error")) told.remove();
      for (const control of place.querySelectorAll("[aria-invalid]")) control.removeAttribute("aria-invalid");
      if (!this.shadowRoot) document.title = this.#title;
      const buttons = place.querySelectorAll("button");
      for (const button of buttons) button.setAttribute("aria-disabled", "true"); // disabled would lose the focus
      this.#status.textContent = this.#word("sending");
      try {
        await act();
      } catch {
        this.#problem(place, make("p", {}, this.#word(failure)));
        this.#retry = () => this.#once(place, failure, act);
      }
      for (const button of buttons) button.removeAttribute("aria-disabled");
      this.#busy = false;
      this.#status.textContent = "";
    }

    /**
     * Moves the focus to what is new, unless somebody has gone on to another part of the page meanwhile.
     * @param {HTMLElement} to
     */
    #lead(to) {
      if (!this.closest("body")?.querySelector(":focus:not(consent-form,consent-form *)")) to.focus();
    }

    /**
     * @param {HTMLElement} place
     * @param {HTMLElement[]} said
     */
    #problem(place, ...said) {
      const name = this.#word("problem");
      const box = make("div", { class: "errors", "aria-label": name, role: "alert", tabindex: "-1" }, ...said);
      place.prepend(box);
      if (!this.shadowRoot) document.title = this.#word("error").replace("{title}", this.#title);
      if (!name) return; // while the page still opens
      box.prepend(make("h2", {}, name));
      this.#lead(box);
    }

    /**
     * What is wrong, leading to its field. The focus is moved by hand: an address does not reach into a shadow tree.
     * @param {HTMLFormElement} form
     * @param {string} field
     * @param {string} text
     */
    #fault(form, field, text) {
      const control = /** @type {HTMLElement} */ (form.querySelector(`[name="${CSS.escape(field)}"]`) || first(form));
      const link = make("a", { href: "#" + control.id }, text);
      link.onclick = (event) => {
        event.preventDefault();
        control.focus();
      };
      control.setAttribute("aria-invalid", "true");
      // Told within what describes the field, or its group.
      const about = control.closest("[aria-describedby]")?.getAttribute("aria-describedby");
      form.querySelector("#" + about)?.append(make("strong", { class: "error" }, " " + text));
      return make("p", {}, link);
    }

    /**
     * @param {HTMLFormElement} form
     * @param {{decisions: object}} request
     */
    async #choose(form, request) {
      if (!Object.keys(request.decisions).length) {
        return this.#problem(form, this.#fault(form, "", this.#word("choose")));
      }
      const body = JSON.stringify(request);
      // The id stays with this page when somebody comes back to it, and with no other visit.
      if (!this.shadowRoot) history.replaceState({ consent: this.#view }, "");
      const answer = await ask(this.#path("consents"), this.#token, body);
      const said = await answer.json();
      if (answer.ok) {
        if (this.shadowRoot) {
          this.#receipt(form, said);
          return this.#after?.();
        }
        if (this.#kept() === "") this.#kept(said.token);
        location.assign(this.#link(said.manage_url + location.search, "") + "");
        return;
      }
      if (answer.status !== 409) {
        /** @type {{field: string, detail: string}[]} */
        const errors = said.errors;
        const faults = errors.map(({ field, detail }) => this.#fault(form, field, detail));
        return this.#problem(form, ...(faults.length ? faults : [make("p", {}, said.detail)]));
      }
      const again = make("button", { type: "button" }, this.#word("reload"));
      // Browsers put no old choice beside the new words: the form says autocomplete="off".
      again.onclick = () => (this.shadowRoot ? this.#load() : location.reload());
      this.#problem(form, make("p", {}, this.#word("stale")), again);
    }

    /** @param {HTMLFormElement} form */
    #request(form) {
      /** @type {Record<string, unknown>} */
      const request = { ...this.#read, notice: this.#notice };
      /** @type {Record<string, unknown>} */
      const decisions = {};
      for (const [name, value] of new FormData(form)) {
        if (name.startsWith("decision.")) decisions[name.slice(9)] = value;
        else if (value) request[name] = value;
      }
      return { ...request, version: Number(request.version), decisions, request_id: this.#view };
    }

    /**
     * Shows what was recorded in place of the form.
     * @param {HTMLFormElement} form
     * @param {Receipt} receipt
     * @param {string} [title] the word for what was just done, or for what stands
     */
    #receipt(form, receipt, title = "done") {
      const { reference, token, state, renewal, statements, acting_for } = receipt;
      const heading = make("h2", { tabindex: "-1" }, this.#word(title));
      const shown = make("div", { class: "receipt" }, heading);
      const child = acting_for === "child";
      if (child) shown.append(make("p", {}, this.#word("for_child")));
      /** @type {(text: string, press: () => unknown, about?: string) => void} */
      const button = (text, press, about = "") => {
        const made = make("button", { type: "button", class: "quiet", "aria-describedby": about }, this.#word(text));
        made.onclick = press;
        shown.append(made);
      };
      for (const [id, statement] of Object.entries({ ...this.#statements, ...statements })) {
        const kind = state[id] || "none";
        const about = "said-" + id;
        shown.append(
          make("p", { class: "state " + kind }, this.#word("state_" + kind)),
          make("blockquote", { id: about }, statement),
        );
        if (renewal[id]) shown.append(make("p", {}, this.#word("renewal"), " ", this.#link(receipt.manage_url + "/renew", "renew")));
        if (/given|lapsed/.test(kind)) {
          const body = JSON.stringify({ consents: [id] });
          const withdraw = async () => {
            const answer = await ask(`receipts/${reference}/withdrawals`, token, body);
            if (!answer.ok) throw answer;
            this.#receipt(form, await answer.json(), "stopped");
          };
          button("withdraw", () => this.#once(shown, "unheard", withdraw), about);
        }
      }
      shown.append(
        make("p", { class: "reference" }, this.#word("reference").replace("{reference}", reference)),
        make("p", {}, this.#link(receipt.manage_url, "receipt")),
        make("p", {}, this.#word("keep")),
        this.#remember(token),
      );
      button("again", () => {
        shown.remove();
        form.reset();
        this.#view = crypto.randomUUID();
        this.#token = !child && token; // the next child may be another one
        form.hidden = false;
        first(form)?.focus();
      });
      form.hidden = true;
      this.#place?.querySelector(".receipt")?.remove();
      this.#place?.prepend(shown);
      if (title !== "stands") this.#lead(heading);
      this.#tell(reference, state);
    }

    /**
     * The box that keeps the receipt on this device while it is ticked.
     * @param {string} token empty before there is a receipt
     */
    #remember(token) {
      const box = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox", "aria-describedby": "hint-remember" }));
      box.checked = this.#kept() === token;
      box.onchange = () => {
        box.checked = this.#kept(box.checked ? token : null) === token;
      };
      return make("div", { class: "choices" }, make("label", {}, box, this.#word("remember")), make("p", { class: "hint", id: "hint-remember" }, this.#word("remember_hint")));
    }

    /**
     * Hands the reference to the form that this element stands in, and to the page's own script.
     * @param {string} reference
     * @param {Record<string, string>} state
     */
    #tell(reference, state) {
      if (this.closest("form")) {
        this.querySelector("input")?.remove();
        this.append(make("input", { type: "hidden", name: "consent_reference", value: reference }));
      }
      const detail = { notice: this.#notice, reference, state };
      this.dispatchEvent(new CustomEvent("consent-recorded", { bubbles: true, detail }));
    }
  }

  if (!customElements.get("consent-form")) customElements.define("consent-form", ConsentForm);
}
