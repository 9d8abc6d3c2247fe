// Looks at every page of a running demonstration in a real browser: `cargo xtask browser` starts both and calls this.
//
//   SAITHONG_TEST_CHROMIUM=/usr/bin/chromium node run.mjs http://127.0.0.1:8080 [--out=DIR] [PAGE…]
//
// Every address of the router is asked for, in Thai and English, at the width of a phone and of a desk. Journeys are
// files in journeys/: each exports `title` and a function that is given a browser context of its own. With pages named
// (/phetchabun/about), only these are looked at, English added: for looking while at work.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { addresses, addressOf, crawl } from "./crawl.mjs";
import { examine, listen, open } from "./look.mjs";
import { MOST, weigh } from "./weigh.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const [base, ...named] = process.argv.slice(2).filter((arg) => !arg.startsWith("--"));
const option = (name) => process.argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
const executablePath = process.env.SAITHONG_TEST_CHROMIUM;
if (!base || !executablePath) {
  console.error("usage: SAITHONG_TEST_CHROMIUM=PROGRAM node run.mjs BASE-URL [--out=DIR] [PAGE…]\n(cargo xtask browser does all of it)");
  process.exit(2);
}
const out = resolve(option("out") ?? join(here, "../../target/browser"));
const whole = named.length === 0;

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
  await tab.screenshot({ path: join(out, `${name}.png`), fullPage: true, clip: { x: 0, y: 0, width, height: Math.min(height, TALLEST) } });
}

const nameOf = (path) => decodeURI(path).replace(/^\//, "").replace(/[^\p{L}\p{M}\p{N}.]+/gu, "-").replace(/-$/, "").slice(0, 120) || "root";

/** One page at one width. */
async function view(shared, path, width, expected) {
  const wrong = (what) => problems.push(`${path} at ${width} px: ${what}`);
  const tab = await shared.newPage();
  try {
    await open(tab, new URL(path, base).href, wrong, expected);
    await examine(tab, wrong);
    await picture(tab, `${nameOf(path)}-${width}`);
  } catch (error) {
    wrong(error.message);
  }
  await tab.close();
}

const pages = [...found.pages.map((path) => [path, 200]), ...(whole ? MISSING : []).map((path) => [path, 404])];
let views = 0;
for (const width of WIDTHS) {
  const waiting = [...pages];
  const worker = async () => {
    const shared = await context({ viewport: { width, height: 900 } });
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      await view(shared, next[0], width, next[1]);
      views += 1;
    }
    await shared.close();
  };
  await Promise.all(Array.from({ length: TABS }, worker));
}

const journeys = whole ? readdirSync(join(here, "journeys")).filter((name) => name.endsWith(".mjs")).sort() : [];
for (const name of journeys) {
  const { default: walk, title } = await import(`./journeys/${name}`);
  const wrong = (what) => problems.push(`journey ${name} (${title}): ${what}`);
  const own = await context();
  try {
    await walk({
      /** A new tab whose errors count as problems. */
      tab: async (expected) => {
        const tab = await own.newPage();
        listen(tab, wrong, expected);
        return tab;
      },
      /** Holds the page as it stands against the same rules as every page, and keeps a picture of it. */
      look: async (tab, label) => {
        await examine(tab, (what) => wrong(`${label}: ${what}`));
        await picture(tab, `journey-${name.replace(/\.mjs$/, "")}-${label}`);
      },
      expect: (truth, what) => truth || wrong(what),
    });
  } catch (error) {
    wrong(error.message);
  }
  await own.close();
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

// An address that nobody came to is a fault, unless it only takes acts or its door is closed: journeys open those.
const reached = new Set([...visited].map((path) => addressOf(all, new URL(path, base).pathname)?.address).filter(Boolean));
const closed = [];
for (const { address } of !whole ? [] : all.filter(({ address }) => !reached.has(address))) {
  const path = address.replace("{province}", "phetchabun").replace(/\{\w+\}/g, "x");
  const { status, headers } = await fetch(new URL(path, base), { redirect: "manual" });
  if (status === 405) continue;
  if (status === 401 || headers.get("location")?.includes("/sign-in")) closed.push(address);
  else problems.push(`${address}: no link leads here, so nobody looked at it`);
}
if (closed.length > 0) console.log(`\nNOT LOOKED AT, because no journey signs in and goes there:\n  ${closed.join("\n  ")}`);

const summary =
  `${views} views of ${pages.length} pages, ${reached.size} of ${all.length} addresses (${closed.length} behind sign-in), ${found.asked.size} links followed, ` +
  `${journeys.length} journeys, heaviest home ${kilo(heaviest.bytes)}`;
console.log(`\n${summary} (${((Date.now() - began) / 1000).toFixed(0)} s)\nscreenshots in ${out}`);
writeFileSync(join(out, "summary.txt"), summary);
if (problems.length > 0) {
  console.error(`\n${problems.length} problems:\n${problems.join("\n")}`);
  process.exit(1);
}
