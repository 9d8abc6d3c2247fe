// A planner proposes a link from a suggestion with a share, approves it and changes its share; proposes and approves what
// an element of the plan serves, alone and in a sitting; puts words right; waives a finding and withdraws the waiver. The
// public reads all of it, and nobody's account.
import { day, send, signIn } from "../people.mjs";

export const title = "propose, approve and change a link and an alignment, put words right, withdraw a waiver";

const AT = "/narathiwat";
const PLAN = `${AT}/plans/narathiwat-2569`;
const PROJECT = `${AT}/projects/narathiwat-2569/PRJ2569-012`;
const ME = "demo-narathiwat";
const WHY = "ตัวอย่าง: มติคณะทำงาน ครั้งที่ 2/2570";

export default async function walk({ visitor, everybody, look, expect }) {
  const [mine, public_] = [await visitor(), await visitor()];
  const tab = await mine();
  const text = async (at = tab) => (await at.locator("main").innerText()).replaceAll("\u00a0", " ");
  const english = (address) => address.replace(/^(https?:\/\/[^/]+)?\//, "$1/en/");
  await signIn(tab, "narathiwat", ME, everybody.get(ME).password);

  // From a suggestion, with a share of its own; first with a mistake.
  await tab.goto(PROJECT);
  await look(tab, "project");
  await tab.locator('#suggestions a[href*="/links/new?node="]').first().click();
  await tab.waitForURL(/links\/new\?node=/);
  const served = new URL(tab.url()).searchParams.get("node");
  expect((await tab.locator('[name="reason"]').inputValue()).length > 0, "a suggestion brings no reason along");
  await look(tab, "propose");
  const wrong = await mine(422);
  await wrong.goto(tab.url());
  await send(wrong, "main form.form", { share: "120", reason: "" });
  expect((await wrong.locator("#problems li").count()) === 2, "not everything that is wrong is said at once");
  await look(wrong, "propose-with-a-mistake");
  await wrong.close();
  await send(tab, "main form.form", { share: "๔๐.๒๕", reason: "ตัวอย่าง: ตรงกับกิจกรรม" });
  await tab.waitForURL(/#joints$/);
  expect((await text()).includes("สัดส่วนร้อยละ 40.25"), "the proposed share is not shown");

  // Approved on the page, then changed: the approver answers for the new share.
  const form = `form[action$="/links/${served}"]`;
  await tab.locator(`details:has(${form}) summary`).click();
  await look(tab, "decide");
  await send(tab, form, { reason: WHY }, '[value="approve"]');
  expect((await text()).includes(WHY), "the reason of the approval is not shown");
  await tab.locator(`a[href$="/links/${served}/change"]`).click();
  await tab.waitForURL(/\/change$/);
  await look(tab, "change");
  await tab.goto(english(tab.url()));
  await look(tab, "change-en");
  await send(tab, "main form.form", { share: "35.5", reason: `${WHY} (แก้ไข)` });
  expect((await text()).includes("35.5 %"), "the new share is not shown");
  await tab.goto(PROJECT);
  await look(tab, "project-with-links");
  await tab.goto(`${english(PROJECT)}/links/new?q=SDG4+4.7`);
  await look(tab, "choose-en");
  await tab.goto(`${PROJECT}/links/new`);
  await look(tab, "choose");

  // What an element of the plan serves, looked for by plan and code.
  await tab.goto(`${PLAN}/nodes/1`);
  await look(tab, "element");
  await tab.locator('main a[href$="/alignments/new"]').click();
  await tab.waitForURL(/\/alignments\/new$/);
  await look(tab, "align");
  await send(tab, "main form.filters", { q: "SDG4 4.1" });
  await look(tab, "align-found");
  await tab.locator('main ul.rows a[href*="node="]').first().click();
  await tab.waitForURL(/node=/);
  const above = new URL(tab.url()).searchParams.get("node");
  await tab.goto(english(tab.url()));
  await look(tab, "align-propose-en");
  await send(tab, "main form.form", { share: "60", primary: true, reason: "ตัวอย่าง: ตรงกับเป้าประสงค์" });
  await tab.goto(`${PLAN}/nodes/1`);
  const decide = `form[action$="/alignments/${above}"]`;
  await tab.locator(`details:has(${decide}) summary`).click();
  await send(tab, decide, { reason: WHY }, '[value="approve"]');
  expect((await text()).includes("สัดส่วนร้อยละ 60") && (await text()).includes("รับรองแล้ว"), "the alignment is not approved");
  await look(tab, "element-aligned");
  for (const there of [`${PLAN}/nodes/1/alignments/${above}/change`, english(`${PLAN}/nodes/1/alignments/${above}/change`)]) await tab.goto(there);
  await send(tab, "main form.form", { share: "55.5", reason: WHY });
  expect((await text()).includes("55.5 %"), "the new share of the alignment is not shown");

  // Another one waits for the sitting, where the page then says how many were recorded.
  await tab.goto(`${PLAN}/nodes/2/alignments/new?node=${above}`);
  await send(tab, "main form.form", { share: "100", reason: "ตัวอย่าง: ตรงกับเป้าประสงค์" });
  await tab.goto(`${AT}/links`);
  const box = tab.locator('main input[value^="alignment:"]');
  expect((await box.count()) === 1, "the proposed alignment does not wait for a decision");
  await box.check();
  await look(tab, "sitting");
  await send(tab, 'main form[action$="/links"]', { reason: WHY }, '[value="approve"]');
  expect((await text()).includes("รับรองแล้ว 1 รายการ"), "the page does not say how many were approved");
  expect((await box.count()) === 0, "a decided alignment still waits");
  await look(tab, "sitting-done");
  await tab.locator('main input[data-all]').check();
  const boxes = tab.locator('main input[name="line"]');
  expect((await tab.locator('main input[name="line"]:checked').count()) === (await boxes.count()), "choosing the page leaves lines out");

  // The words of the plan and of an element.
  for (const [page, label] of [[PLAN, "plan"], [`${PLAN}/nodes/1`, "element"]]) {
    await tab.goto(page);
    await tab.locator('main a[href$="/edit"]').click();
    await tab.waitForURL(/\/edit$/);
    await look(tab, `words-of-${label}`);
    await tab.goto(english(tab.url()));
    await look(tab, `words-of-${label}-en`);
    await send(tab, "main form.form", { name_en: `Sample words of the ${label}` });
    expect((await text()).includes(`Sample words of the ${label}`), `the words of the ${label} are not changed`);
  }

  // A finding waived, and the waiver withdrawn.
  await tab.goto(`${AT}/findings`);
  await tab.locator('main a[href$="/waive"]').first().click();
  await tab.waitForURL(/\/waive$/);
  const withdraw = tab.url().replace(/waive$/, "withdraw");
  await send(tab, "main form.form", { reason: "ตัวอย่าง: รอฉบับทบทวน", ...day("until", "2099-09-30") });
  await tab.goto(`${AT}/findings?severity=waived`);
  await look(tab, "waived");
  expect((await tab.locator('main a[href$="/withdraw"]').count()) >= 1, "a waiver cannot be withdrawn where it is listed");
  await tab.goto(english(withdraw));
  await look(tab, "withdraw-en");
  await tab.goto(withdraw);
  await look(tab, "withdraw");
  await send(tab, "main form.form", { reason: "ตัวอย่าง: ทบทวนแล้ว" });

  // The public reads shares, decisions and reasons, and no account.
  const outside = await public_();
  for (const page of [PROJECT, `${PLAN}/nodes/1`, `${AT}/plans/SDG4/nodes/4.1`, PLAN, english(`${PLAN}/nodes/1`)]) {
    await outside.goto(page);
    const shown = await text(outside);
    expect(!shown.includes(ME), `${page} names an account in public`);
    if (page === PROJECT) expect(shown.includes(WHY) && shown.includes("พิจารณาแล้ว"), "the public does not read the decision");
    await look(outside, `public-${page.replaceAll("/", "-").slice(1)}`);
  }
  for (const act of ["link.propose", "link.approve", "link.change", "alignment.propose", "alignment.approve", "alignment.change", "plan.edit_text", "finding.withdraw_waiver"]) {
    await tab.goto(`/en${AT}/trail?act=${act}`);
    expect((await tab.locator("main tbody tr").count()) > 0, `the trail has no ${act}`);
  }
}
