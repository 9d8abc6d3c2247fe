// Finds the pages: follows the links of every home and matches them with the addresses that the router lists.

/** How many pages of one kind are asked for; of these, how many are looked at in the browser. */
const ASKED = 40;
/** The same for people, of pages that are new and of pages that somebody has looked at: these lead on to new ones. */
const ASKED_BY_PEOPLE = { fresh: 6, known: 2 };
const LOOKED_AT = { withName: 2, plain: 1, withQuestion: 1 };

/** The router's addresses (debug builds list them), each as a pattern that a path can be held against. */
export async function addresses(base) {
  const answer = await fetch(new URL("/_addresses", base));
  if (!answer.ok) throw new Error(`/_addresses answers ${answer.status}: it exists only in debug builds`);
  return (await answer.text()).split("\n").map((address) => {
    const parts = address.split(/(\{\w+\})/).map((part) => (part.startsWith("{") ? "([^/]+)" : part.replace(/[.*+?^$()|[\]\\]/g, "\\$&")));
    return { address, names: parts.filter((part) => part.startsWith("(")).length, expression: new RegExp(`^${parts.join("")}$`) };
  });
}

/** The address that a path belongs to: of several that fit, the one with the fewest names, as the router chooses. */
export function addressOf(all, path) {
  const fitting = all.filter(({ expression }) => expression.test(path));
  return fitting.sort((a, b) => a.names - b.names)[0];
}

const inEnglish = (path) => `/en${path}`;

/** The links of a page, without its own places and without other sites. */
function links(base, page, html) {
  const found = new Set();
  for (const [, raw] of html.matchAll(/<a\b[^>]*?\bhref="([^"]*)"/g)) {
    const url = new URL(raw.replaceAll("&amp;", "&").replaceAll("&quot;", '"'), new URL(page, base));
    if (url.origin === new URL(base).origin) found.add(url.pathname + url.search);
  }
  return [...found];
}

/**
 * Follows all links from `starts` in Thai. Gives what was asked for (path → status) and the pages to look at, in both
 * languages. English pages are the same tree, so their links are not followed again.
 *
 * With `somebody` it is done by them: `cookie`; `known`, the addresses that were looked at already, which grows; and
 * `differs`, what is looked at nevertheless, below the province. A link to what they may not see is a problem.
 */
export async function crawl(base, all, starts, somebody) {
  const kinds = new Map();
  const asked = new Map();
  const problems = [];
  const chosen = [];
  const queue = starts.map((path) => ({ path, from: "the start" }));
  const known = new Set(starts);
  const unknown = new Set();
  while (queue.length > 0) {
    // Answers come in any order; links are followed in the order of the questions, so that every run looks at the same.
    const found = await Promise.all(queue.splice(0, 4).map(ask));
    for (const { path, links } of found) for (const link of links) follow(link, path);
  }
  return { asked, problems, pages: chosen.sort().flatMap((path) => [path, inEnglish(path)]) };

  async function ask({ path, from }) {
    const none = { path, links: [] };
    const url = new URL(path, base);
    const address = addressOf(all, url.pathname);
    if (!address) {
      // Told once: a link in the frame of every page differs only in its question.
      if (!unknown.has(url.pathname)) problems.push(`${path}: no address of the router, linked on ${from}`);
      unknown.add(url.pathname);
      return none;
    }
    const province = address.names > 0 ? url.pathname.split("/")[1] : "";
    const question = [...new Set(url.searchParams.keys())].sort().join("&");
    const kind = `${address.address} ${province} ${question}`;
    const seen = kinds.get(kind) ?? 0;
    kinds.set(kind, seen + 1);
    const known = somebody?.known.has(address.address) ?? false;
    const most = somebody ? ASKED_BY_PEOPLE[known ? "known" : "fresh"] : ASKED;
    if (seen >= most) return none;
    const asking = { redirect: "manual", headers: somebody ? { cookie: somebody.cookie } : {} };
    const answer = await fetch(url, asking);
    asked.set(path, answer.status);
    const text = await answer.text();
    if (answer.status >= 300 && answer.status < 400) {
      const to = new URL(answer.headers.get("location"), url);
      return { path, links: [to.pathname + to.search] };
    }
    if (answer.status !== 200) problems.push(`${path}: status ${answer.status}, linked on ${from}`);
    if (answer.status !== 200 || !answer.headers.get("content-type")?.startsWith("text/html")) {
      // Files are not looked at; in English they are asked for here.
      if (answer.status === 200 && somebody) asked.set(inEnglish(path), (await fetch(new URL(inEnglish(path), base), asking)).status);
      return none;
    }
    const looked = question ? LOOKED_AT.withQuestion : address.names > 1 ? LOOKED_AT.withName : LOOKED_AT.plain;
    const differs = somebody?.differs.includes(address.address.replace("/{province}", ""));
    if (seen < looked && (!known || (differs && !question))) {
      chosen.push(path);
      somebody?.known.add(address.address);
    }
    return { path, links: links(base, path, text) };
  }
  function follow(link, from) {
    if (known.has(link) || link === "/en" || link.startsWith("/en/")) return;
    known.add(link);
    queue.push({ path: link, from });
  }
}
