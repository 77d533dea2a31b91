// A language model in the middle: its lines are seen as they come, what the evidence does not say is
// refused and shown as refused, and everything that was asked can be read.

import { file, fits, isAccessible, POSTING_TEXT, RunPage, StartForm } from "../support/pages";
import { expect, test } from "../support/test";

const TRUE_WORDS = "Cut API response time by 40% through caching and database optimization";
const LIE = "Led 40 engineers and doubled revenue at Zephyr Bank";
const OWN = "Looked after the Kafka cluster that billing runs on";

test("lines arrive while a model writes them, and what it invents is refused and told", async ({
  page,
  clever: { site, mind },
}) => {
  test.slow();
  mind.proposals = [
    ["Reduced API response time", TRUE_WORDS],
    ["Optimized bundle size", LIE],
  ];
  mind.hold();
  const start = await new StartForm(page).open(site.url);
  await expect(page.getByText(/stub-mind at 127\.0\.0\.1:\d+ will be asked/)).toBeVisible();
  await expect(page.getByText(/A run costs about \$0\.0\d+/)).toBeVisible();
  await isAccessible(page);
  const tailor = async () => {
    await start.posting.fill(POSTING_TEXT);
    await start.evidence.setInputFiles(file("jsonresume/complete_jane.json"));
    await page.getByRole("radio", { name: "Two pages" }).check();
    await start.submit.click();
  };
  await tailor();
  const run = new RunPage(page);
  await run.arrived();
  const arriving = page.getByRole("region", { name: "1 line in other words, checked" });
  await expect(arriving.getByRole("listitem")).toHaveText(TRUE_WORDS);
  await isAccessible(page);
  await fits(page);
  mind.release();
  await run.isDone();
  await expect(arriving).toBeHidden();
  await run.show("Evidence");
  const refused = page.getByText("1 proposal was refused");
  await refused.click();
  await expect(page.getByRole("deletion")).toHaveText(LIE);
  await expect(page.getByText(/^Refused: /)).toBeVisible();
  await page.getByText("It is true").click();
  await page.getByLabel("Your own statement").fill(OWN);
  await isAccessible(page);
  await fits(page);
  await page.getByRole("button", { name: "Keep as my statement" }).click();
  await expect(page.getByText(/^Kept as your own statement/)).toBeVisible();
  await page.getByRole("button", { name: "Show the line" }).click();

  await page.getByRole("link", { name: "What the model was asked" }).click();
  await expect(page.getByText("Only the calls of one run are shown.")).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: "Wording lines" }).first()).toBeVisible();
  await isAccessible(page);
  await page.getByRole("link", { name: "All calls" }).click();
  await expect(page.getByText("Only the calls of one run are shown.")).toBeHidden();

  await page.goto(`${site.url}/models`);
  await expect(page.getByRole("heading", { level: 1, name: "What the model was asked" })).toBeVisible();
  const row = page.getByRole("row").filter({ hasText: "Wording lines" }).filter({ hasText: "Answered" });
  await expect(row).toContainText("sentences, bullets with their evidence");
  await expect(row).toContainText("2400 in, 640 out");
  await expect(row).toContainText("$0.0023");
  await isAccessible(page);
  await fits(page);
  const asked = mind.asked;
  mind.proposals = [];
  await start.open(site.url);
  await tailor();
  await run.arrived();
  await run.isDone();
  // Only the line that was added is new to it.
  expect(mind.asked - asked, "the same is not asked twice").toBeLessThanOrEqual(1);
  await expect(page.getByRole("button", { name: new RegExp(OWN) }).first()).toBeAttached();
  await page.goto(`${site.url}/models`);
  await expect(page.getByRole("row").filter({ hasText: "Wording lines" }).filter({ hasText: "Kept answer" })).toBeVisible();
  await page.getByRole("button", { name: "Forget kept answers" }).click();
  await expect(page.getByText("Forgotten. The next run asks anew.")).toBeVisible();
});

test("without a model the page says so, and the help says what is proved", async ({ page }) => {
  await page.goto("/models");
  await expect(page.getByRole("heading", { name: "No model is asked" })).toBeVisible();
  await isAccessible(page);
  await fits(page);
  await page.goto("/help");
  await expect(page.getByRole("heading", { name: "What it proves" })).toBeVisible();
  await isAccessible(page);
  await fits(page);
  await page.getByRole("link", { name: "Every call that was made" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "What the model was asked" })).toBeVisible();
});
