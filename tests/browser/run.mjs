// Looks at every page of a running demonstration in a real browser: `cargo xtask browser` starts both and calls this.
//
//   saithong demo --people-file people.json &
//   SAITHONG_TEST_CHROMIUM=/usr/bin/chromium SAITHONG_TEST_PEOPLE=people.json \
//     node run.mjs http://127.0.0.1:8080 [--out=DIR] [--as=ACCOUNT] [--journey=NAME] [PAGE…]
//
// Every address of the router is asked for, in Thai and English, at the width of a phone and of a desk: first by the
// public, then, after the journeys, by each of the people of the demonstration. Journeys are files in journeys/: each
// exports `title` and a function that is given browsers of its own. With pages named (/phetchabun/about), only these are
// looked at, English added, and with a journey named only that is walked: for looking while at work.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { addresses, addressOf, crawl } from "./crawl.mjs";
import { examine, listen, open } from "./look.mjs";
import { code, people, provinceOf, send, signIn } from "./people.mjs";
import { MOST, weigh } from "./weigh.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const [base, ...named] = process.argv.slice(2).filter((arg) => !arg.startsWith("--"));
const option = (name) => process.argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
const executablePath = process.env.SAITHONG_TEST_CHROMIUM;
const peopleFile = process.env.SAITHONG_TEST_PEOPLE;
if (!base || !executablePath || !peopleFile) {
  console.error("usage: SAITHONG_TEST_CHROMIUM=PROGRAM SAITHONG_TEST_PEOPLE=FILE node run.mjs BASE-URL [--out=DIR] [--as=ACCOUNT] [--journey=NAME] [PAGE…]\n(cargo xtask browser does all of it)");
  process.exit(2);
}
const out = resolve(option("out") ?? join(here, "../../target/browser"));
const whole = named.length === 0 && !option("journey");
const everybody = people(peopleFile);

const HOMES = ["/phetchabun/", "/narathiwat/"];
// Redirects, and pages that no link leads to.
const STARTS = ["/", "/phetchabun", "/_gallery", "/phetchabun/_gallery", "/favicon.svg", "/narathiwat/search?q=4.1", ...HOMES];
const REDIRECTS_IN_ENGLISH = ["/en", "/en/", "/en/phetchabun"];
const MISSING = ["/phetchabun/nothing-here", "/en/phetchabun/nothing-here"];
const WIDTHS = [390, 1440];
const TABS = 4;

const began = Date.now();
const problems = [];
const all = await addresses(base);
const found = whole ? await crawl(base, all, STARTS) : { asked: new Map(), problems: [], pages: named.flatMap((path) => [path, `/en${path}`]) };
problems.push(...found.problems);
/** Everything that any part of the run has asked the server for. */
const visited = new Set(found.asked.keys());
for (const path of whole ? REDIRECTS_IN_ENGLISH : []) {
  const { status } = await fetch(new URL(path, base), { redirect: "manual" });
  if (status < 300 || status >= 400) problems.push(`${path}: status ${status}, expected a redirect`);
  visited.add(path);
}

const browser = await chromium.launch({
  executablePath,
  args: [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--no-first-run",
    // The sandbox cannot be had by root.
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  ],
});
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

/** A fresh context whose requests are remembered. */
async function context(settings = {}) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce", baseURL: base, ...settings });
  context.on("request", (request) => request.url().startsWith(base) && visited.add(request.url().slice(new URL(base).origin.length)));
  return context;
}

/** Pictures end here, in CSS pixels: a list of thousands of lines shows nothing new further down. */
const TALLEST = 12_000;

async function picture(tab, name) {
  const { width, height } = await tab.evaluate(() => ({ width: document.documentElement.clientWidth, height: document.documentElement.scrollHeight }));
  // Two cores that draw four tall pages at once are slow at times; what hangs for two minutes hangs.
  await tab.screenshot({ path: join(out, `${name}.png`), fullPage: true, timeout: 120_000, clip: { x: 0, y: 0, width, height: Math.min(height, TALLEST) } });
}

const nameOf = (path) => decodeURI(path).replace(/^\//, "").replace(/[^\p{L}\p{M}\p{N}.]+/gu, "-").replace(/-$/, "").slice(0, 120) || "root";

/** Somebody's cookies, once they have signed in; whoever must set up a second factor does. */
async function cookiesOf(account) {
  const one = everybody.get(account);
  one.cookies ??= (async () => {
    const own = await context();
    const tab = await own.newPage();
    const province = provinceOf(one);
    await signIn(tab, province, account, one.password);
    if (tab.url().includes("/second-factor")) {
      await send(tab, 'main form[action$="/second-factor"]', {});
      one.secret = await tab.locator("p.secret").innerText();
      await send(tab, 'form[action$="/second-factor"]', { code: code(one.secret) });
      await tab.goto(`/${province}/work`);
    } else if (tab.url().includes("/sign-in/code")) {
      // A code is good once, and the one of the next half minute already.
      await send(tab, 'form[action$="/sign-in/code"]', { code: code(one.secret, Date.now() + 30_000) });
    }
    if (!tab.url().includes("/work")) throw new Error(`${account} does not come in: ${tab.url()}`);
    const cookies = await own.cookies();
    await own.close();
    return cookies;
  })();
  return one.cookies;
}

/** One page at one width. */
async function view(shared, path, width, expected, who = "") {
  const by = who && `-${who}`;
  const wrong = (what) => problems.push(`${path} at ${width} px${who && ` as ${who}`}: ${what}`);
  const tab = await shared.newPage();
  try {
    await open(tab, new URL(path, base).href, wrong, expected);
    await examine(tab, wrong);
    await picture(tab, `${nameOf(path)}${by}-${width}`);
  } catch (error) {
    wrong(error.message);
  }
  await tab.close();
}

/** Pages with the status that each is to have, at both widths, by the public or by somebody. */
async function lookAt(pages, who = "") {
  const cookies = who ? await cookiesOf(who) : [];
  for (const width of WIDTHS) {
    const waiting = [...pages];
    const worker = async () => {
      const shared = await context({ viewport: { width, height: 900 } });
      await shared.addCookies(cookies);
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        await view(shared, next[0], width, next[1], who);
        views += 1;
      }
      await shared.close();
    };
    await Promise.all(Array.from({ length: TABS }, worker));
  }
}

const pages = [...found.pages.map((path) => [path, 200]), ...(whole ? MISSING : []).map((path) => [path, 404])];
let views = 0;
await lookAt(pages, option("as"));

const wanted = option("journey");
const journeys = readdirSync(join(here, "journeys")).filter((name) => name.endsWith(".mjs") && (whole || name === `${wanted}.mjs`)).sort();
for (const name of journeys) await journey(name);

async function journey(name) {
  const { default: walk, title } = await import(`./journeys/${name}`);
  const wrong = (what) => problems.push(`journey ${name} (${title}): ${what}`);
  const contexts = [];
  /** A browser of its own, with its own cookies: gives new tabs, whose errors count as problems. */
  const visitor = async (cookies = []) => {
    const own = await context();
    await own.addCookies(cookies);
    contexts.push(own);
    return async (expected) => {
      const tab = await own.newPage();
      tab.setDefaultTimeout(10_000);
      listen(tab, wrong, expected);
      return tab;
    };
  };
  const own = await visitor();
  try {
    await walk({
      tab: own,
      visitor: () => visitor(),
      /** The same for somebody who is signed in. */
      as: async (account) => visitor(await cookiesOf(account)),
      everybody,
      /** Holds the page as it stands against the same rules as every page, at both widths, and keeps pictures of it. */
      look: async (tab, label) => {
        for (const width of WIDTHS) {
          await tab.setViewportSize({ width, height: 900 });
          await examine(tab, (what) => wrong(`${label} at ${width} px: ${what}`));
          await picture(tab, `journey-${name.replace(/\.mjs$/, "")}-${label}-${width}`);
        }
      },
      expect: (truth, what) => truth || wrong(what),
    });
  } catch (error) {
    wrong(error.message);
  }
  for (const own of contexts) await own.close();
}

// What is behind sign-in: each of the people follows the links that they see. Every kind of page is looked at once, and
// what differs from role to role for each of them; everybody begins at what they come for and at their organisation.
const DIFFERS = ["/work", "/tasks", "/board", "/account"];
const known = new Set(found.pages.map((path) => addressOf(all, new URL(path, base).pathname)?.address));
const cookieOf = async (account) => (await cookiesOf(account)).map(({ name, value }) => `${name}=${value}`).join("; ");
let behind = 0;
for (const [account, one] of whole ? everybody : []) {
  try {
    const starts = [...DIFFERS, `/organisations/${one.organisation}`].map((path) => `/${provinceOf(one)}${path}`);
    const theirs = await crawl(base, all, starts, { cookie: await cookieOf(account), known, differs: DIFFERS });
    problems.push(...theirs.problems.map((what) => `as ${account}: ${what}`));
    for (const path of theirs.asked.keys()) visited.add(path);
    await lookAt(theirs.pages.map((path) => [path, 200]), account);
    behind += theirs.pages.length;
  } catch (error) {
    problems.push(`as ${account}: ${error.message}`);
  }
}

const kilo = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
const heaviest = { bytes: 0, path: "" };
if (whole) console.log("\nfirst load of each home, compressed, fonts included (what comes only with scrolling apart):");
for (const home of (whole ? HOMES : []).flatMap((home) => [home, `/en${home}`])) {
  for (const width of WIDTHS) {
    const { first, total, later } = await weigh(browser, new URL(home, base).href, width);
    const parts = Object.entries(first).map(([kind, bytes]) => `${kind} ${kilo(bytes)}`);
    console.log(`  ${home.padEnd(16)} ${String(width).padStart(4)} px  ${kilo(total).padStart(9)}  (${parts.join(", ")}; later ${kilo(later)})`);
    if (total > heaviest.bytes) Object.assign(heaviest, { bytes: total, path: home });
    if (total > MOST) problems.push(`${home} at ${width} px: the first load weighs ${kilo(total)}, more than ${kilo(MOST)}`);
  }
}
await browser.close();

// An address that nobody came to is a fault, unless it only takes acts.
const reached = new Set([...visited].map((path) => addressOf(all, new URL(path, base).pathname)?.address).filter(Boolean));
for (const { address } of !whole ? [] : all.filter(({ address }) => !reached.has(address))) {
  const path = address.replace("{province}", "phetchabun").replace(/\{\w+\}/g, "x");
  const asking = async (cookie) => (await fetch(new URL(path, base), { redirect: "manual", headers: { cookie } })).status;
  let takesActsOnly = (await asking("")) === 405;
  for (const account of everybody.keys()) takesActsOnly ||= (await asking(await cookieOf(account).catch(() => ""))) === 405;
  if (!takesActsOnly) problems.push(`${address}: no link leads here, so nobody looked at it`);
}

const summary =
  `${views} views of ${pages.length} public pages and ${behind} behind sign-in by ${everybody.size} people, ${reached.size} of ${all.length} addresses ` +
  `(the others take acts only), ${found.asked.size} links followed, ` +
  `${journeys.length} journeys, heaviest home ${kilo(heaviest.bytes)}`;
console.log(`\n${summary} (${((Date.now() - began) / 1000).toFixed(0)} s)\nscreenshots in ${out}`);
writeFileSync(join(out, "summary.txt"), summary);
if (problems.length > 0) {
  console.error(`\n${problems.length} problems:\n${problems.join("\n")}`);
  process.exit(1);
}
