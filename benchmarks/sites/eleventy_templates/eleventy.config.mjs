// Dates, the ids of headings, and what the pages of the whole site list.
const months = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const days = new Map();

function day(text) {
  if (!days.has(text)) days.set(text, months.format(new Date(text)));
  return days.get(text);
}

// "## Your rights {#rights}": markdown-it leaves ids to plugins, of which this is the part that is needed.
function ids(md) {
  md.set({ html: false });
  md.core.ruler.push("ids", ({ tokens }) => {
    tokens.forEach((token, index) => {
      if (token.type !== "heading_open") return;
      const last = tokens[index + 1].children.at(-1);
      const found = / \{#([\w-]+)\}$/.exec(last.content);
      if (!found) return;
      token.attrSet("id", found[1]);
      last.content = last.content.slice(0, found.index);
    });
  });
}

export default function (config) {
  const of = (api, ...layouts) => api.getAll().filter((item) => layouts.includes(item.data.layout));
  const shown = (item) => ({ title: item.data.title, url: item.data.url, p: item.data.p });
  config.setUseGitIgnore(false);
  config.setDynamicPermalinks(false);
  config.addGlobalData("base", "https://privacy.example.org");
  config.addPassthroughCopy({ static: "." });
  config.addFilter("day", day);
  config.amendLibrary("md", ids);
  config.addCollection("versions", (api) =>
    Object.fromEntries(of(api, "version.html").map((item) => [item.data.url.slice(0, -1), item])),
  );
  config.addCollection("categories", (api) => {
    const notices = of(api, "current.html").map(shown);
    notices.sort((one, other) => (one.title < other.title ? -1 : 1));
    const names = [...new Set(notices.map((notice) => notice.p.category))].sort();
    return names.map((name) => ({ name, notices: notices.filter((notice) => notice.p.category === name) }));
  });
  config.addCollection("latest", (api) =>
    of(api, "version.html")
      .map(shown)
      .sort((one, other) => (one.p.published > other.p.published ? -1 : 1))
      .slice(0, 50),
  );
  config.addCollection("listed", (api) =>
    of(api, "list.html", "current.html", "version.html", "changes.html", "history.html").map(shown),
  );
  return {
    dir: { input: "content", includes: "../_includes", data: "../_data", output: "public" },
    templateFormats: ["md", "njk"],
    markdownTemplateEngine: false,
    htmlTemplateEngine: "njk",
  };
}
