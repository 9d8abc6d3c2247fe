// A planner looks for a project, follows its thread up to a target of SDG 4, and learns why something is marked.
export const title = "from a word to the target, the findings and the rule that explains them";

export default async function walk({ tab, look, expect }) {
  const page = await tab();
  await page.goto("/narathiwat/");
  await page.getByRole("searchbox").first().fill("Zero Dropout");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/narathiwat\/search\?q=Zero/);
  await look(page, "found");

  await page.locator('main a[href*="/projects/"]').first().click();
  await page.waitForURL(/\/narathiwat\/projects\//);
  expect(await page.locator("#thread").isVisible(), "the page of the project shows no thread");

  const toTarget = page.locator('#thread a[href*="/targets/"]').first();
  expect((await toTarget.count()) === 1, "the thread leads to no target");
  await toTarget.click();
  await page.waitForURL(/\/narathiwat\/targets\//);
  await look(page, "target");

  await page.goto("/narathiwat/findings");
  await page.locator('main a[href*="/rules/"]').first().click();
  await page.waitForURL(/\/narathiwat\/rules\/[A-Z]+-\d+/);
  await look(page, "rule");
}
