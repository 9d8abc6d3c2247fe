// The made-up people of the demonstration: who they are, signing in as one of them, codes of a second factor.
import { createHmac, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";

/** Everybody of the file that `saithong demo --people-file` writes, by account. */
export function people(file) {
  return new Map(JSON.parse(readFileSync(file, "utf8")).map((one) => [one.account, one]));
}

/** Six digits for a secret in base 32 at a moment in milliseconds: RFC 6238 with SHA-1 and steps of 30 seconds. */
export function code(secret, at = Date.now()) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret.toUpperCase()].filter((letter) => letters.includes(letter)).map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0"));
  const key = Buffer.from(bits.join("").match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const mac = createHmac("sha1", key).update(counter).digest();
  const from = mac[19] & 15;
  return String((mac.readUInt32BE(from) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** The province in whose pages somebody works. */
export const provinceOf = (one) => (one.province === "96" ? "narathiwat" : "phetchabun");

/** Fills the fields of a form by their names and sends it; lists are files, booleans boxes. */
export async function send(tab, form, fields, by = "button[type=submit]") {
  const within = tab.locator(form);
  for (const [name, value] of Object.entries(fields)) {
    const field = within.locator(`[name="${name}"]`).first();
    if (Array.isArray(value)) await field.setInputFiles(value);
    else if (typeof value === "boolean") await field.setChecked(value);
    else if ((await field.evaluate((at) => at.tagName)) === "SELECT") await field.selectOption(value);
    else await field.fill(value);
  }
  await Promise.all([tab.waitForEvent("load"), within.locator(by).first().click()]);
}

/** A day for the three fields of a date. */
export function day(name, at) {
  const [year, month, date] = at.split("-").map(Number);
  return { [`${name}-day`]: String(date), [`${name}-month`]: String(month), [`${name}-year`]: String(year + 543) };
}

/** Signs in with account and password; where it leads is for the caller to see. */
export async function signIn(tab, province, account, password) {
  await tab.goto(`/${province}/sign-in`);
  await send(tab, 'form[action$="/sign-in"]', { account, password });
}

/** Signs out on the page as it stands. */
export async function signOut(tab) {
  const form = tab.locator('form[action$="/sign-out"]').first();
  await Promise.all([tab.waitForEvent("load"), form.evaluate((at) => at.requestSubmit())]);
}

/** Invites somebody on the page for it and gives the link that is printed. */
export async function invite(tab, province, { organisation, role, name }) {
  await tab.goto(`/${province}/people`);
  await tab.locator('main a[href$="/invite"]').first().click();
  await tab.waitForURL(/\/invite$/);
  await send(tab, 'main form[action$="/invite"]', { organisation, role, name, position: "ตัวอย่าง" });
  return (await tab.locator("main p.secret").innerText()).trim();
}

/** Takes up an invitation with an account and a password of one's own, and signs in with them. */
export async function accept(tab, link, account) {
  const password = randomBytes(15).toString("base64url");
  await tab.goto(link);
  await send(tab, "main form", { account, password, again: password });
  await send(tab, 'form[action$="/sign-in"]', { account, password });
  return password;
}
