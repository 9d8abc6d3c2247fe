// The administrator sets up a second factor and invites a planner, who drafts for an agency on its letter; links are
// confirmed in one sitting; the trail tells all of it and is proven whole.
import { accept, code, day, invite, send, signIn, signOut } from "../people.mjs";

export const title = "second factor, invite, draft on behalf, confirm links in one sitting, prove the trail";

const AT = "/phetchabun";
const NAME = "ตัวอย่าง ผู้วางแผนคนใหม่";
const LETTER = "ตัวอย่าง ที่ พช 51001/1";

export default async function walk({ visitor, everybody, look, expect }) {
  const [administrator, atPlanner, atNarathiwat] = [await visitor(), await visitor(), await visitor()];

  // Nothing opens to an administrator before the second factor; the code of the next half minute is good already.
  const one = everybody.get("demo-admin");
  const admin = await administrator();
  await signIn(admin, "phetchabun", "demo-admin", one.password);
  await admin.waitForURL(/\/account\/second-factor$/);
  await look(admin, "begin-second-factor");
  await send(admin, 'main form[action$="/second-factor"]', {});
  one.secret = await admin.locator("p.secret").innerText();
  await look(admin, "second-factor");
  await send(admin, 'form[action$="/second-factor"]', { code: code(one.secret) });
  expect((await admin.locator("ul.secret li").count()) >= 8, "there are no recovery codes to print");
  const recovery = (await admin.locator("ul.secret li").first().innerText()).trim();
  await look(admin, "recovery-codes");
  await signOut(admin);
  await signIn(admin, "phetchabun", "demo-admin", one.password);
  await admin.waitForURL(/\/sign-in\/code/);
  await look(admin, "code");
  await admin.goto(`/en${AT}/sign-in/code`);
  await look(admin, "code-en");
  await send(admin, 'form[action*="/sign-in/code"]', { code: recovery });
  await admin.waitForURL(/\/work$/);
  await look(admin, "work-of-the-administrator");
  const link = await invite(admin, "phetchabun", { organisation: "PNBPEO", role: "planner", name: NAME });
  await look(admin, "letter");

  const planner = await atPlanner();
  await planner.goto(link.replace("/phetchabun/", "/en/phetchabun/"));
  await look(planner, "invitation");
  const password = await accept(planner, link, "sample-planner");
  await planner.waitForURL(/\/work$/);
  await look(planner, "work");

  // Nobody asks a planner for a second factor; this one sets it up, and signs in with a code of the device.
  await planner.goto(`${AT}/account`);
  await planner.locator('main a[href$="/account/second-factor"]').click();
  await planner.waitForURL(/\/second-factor$/);
  await send(planner, 'main form[action$="/second-factor"]', {});
  const secret = await planner.locator("p.secret").innerText();
  await send(planner, 'main form[action$="/second-factor"]', { code: code(secret) });
  await signOut(planner);
  await signIn(planner, "phetchabun", "sample-planner", password);
  await planner.waitForURL(/\/sign-in\/code/);
  await send(planner, 'form[action*="/sign-in/code"]', { code: code(secret, Date.now() + 30_000) });
  await planner.waitForURL(/\/work$/);
  await planner.goto(`${AT}/board`);
  await look(planner, "board");

  // An agency wrote a letter instead of using the system: the office drafts, and only the agency certifies.
  await planner.goto(`${AT}/board/BPP-PNB/4`);
  await planner.locator('main a[href*="/draft"]').click();
  await look(planner, "draft");
  await planner.goto(planner.url().replace("/phetchabun/", "/en/phetchabun/"));
  await look(planner, "draft-en");
  await planner.goBack();
  const letter = { letter_number: LETTER, ...day("letter_date", "2026-11-03") };
  await send(planner, "main form[enctype]", { ...letter, ...day("done_on", "2026-10-30"), document: "ตัวอย่าง 2/2570", note: "ตัวอย่าง" });
  const cell = await planner.locator("main").innerText();
  expect(cell.includes("ศธจ. บันทึกแทนหน่วยงาน") && cell.includes(LETTER), "the draft does not say on what it rests");
  expect((await planner.locator('main form[action*="/certify"]').count()) === 0, "the office can certify for an agency");
  await look(planner, "drafted");

  // Links that the plan only proposes are confirmed together, with one reason.
  const narathiwat = await atNarathiwat();
  await signIn(narathiwat, "narathiwat", "demo-narathiwat", everybody.get("demo-narathiwat").password);
  const sittings = async () => {
    await narathiwat.goto("/en/narathiwat/trail?act=link.sitting");
    return narathiwat.locator("main tbody tr").count();
  };
  const already = await sittings();
  await narathiwat.goto("/narathiwat/links");
  const boxes = narathiwat.locator('main input[name="line"]');
  const before = await boxes.count();
  expect(before >= 43, `only ${before} links wait for a decision`);
  await look(narathiwat, "links");
  const lines = await Promise.all([0, 1, 2].map((at) => boxes.nth(at).getAttribute("value")));
  for (const line of lines) await narathiwat.locator(`input[value="${line}"]`).check();
  await send(narathiwat, 'main form[action$="/links"]', { reason: "ตัวอย่าง: ตรวจกับเอกสารโครงการแล้ว" }, '[value="approve"]');
  for (const line of lines) expect((await narathiwat.locator(`input[value="${line}"]`).count()) === 0, "a confirmed link still waits");
  expect((await sittings()) === already + 1, "one sitting is not one event");
  await look(narathiwat, "trail-of-narathiwat");

  await planner.goto(`${AT}/trail`);
  await send(planner, 'main form[action$="/trail"][method="post"]', {});
  expect((await planner.locator("main .note.ok").count()) === 1, "the trail is not proven whole");
  const told = await planner.locator("main").textContent();
  expect(told.includes("sample-planner") && told.includes(LETTER), "the trail does not tell of the draft and its letter");
  await look(planner, "trail");

  // Whoever lost the password gets a new one by a link that the administrator prints.
  await admin.goto(`${AT}/reset-link/sample-planner`);
  await send(admin, "main form.form", { factor: true });
  const reset = (await admin.locator("main p.secret").innerText()).trim();
  const lost = await (await visitor())();
  await lost.goto(reset.replace("/phetchabun/", "/en/phetchabun/"));
  await look(lost, "reset");
  await lost.goto(reset);
  await send(lost, "main form", { password: "ตัวอย่าง สามคำ ที่จำได้ 67", again: "ตัวอย่าง สามคำ ที่จำได้ 67" });
  await signIn(lost, "phetchabun", "sample-planner", "ตัวอย่าง สามคำ ที่จำได้ 67");
  await lost.waitForURL(/\/work$/);
}
