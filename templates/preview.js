// For editors only: waits until the site was built again, and loads the page anew.
const { turn = "" } = /** @type {HTMLScriptElement} */ (document.currentScript).dataset;

async function wait() {
  for (;;) {
    try {
      const answer = await fetch(`/draft/-/turn?seen=${turn}`);
      if (answer.ok && (await answer.text()) !== turn) return location.reload();
    } catch {
      await new Promise((done) => setTimeout(done, 1000)); // the server is being started again
    }
  }
}

wait();
