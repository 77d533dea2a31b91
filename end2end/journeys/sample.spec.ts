// From the first look to a finished résumé without giving anything: the sample.

import { RunPage, SAMPLE_PERSON, StartForm, fits, isAccessible } from "../support/pages";
import { expect, test } from "../support/test";

test("the sample becomes a résumé at one click, with reasons and downloads", async ({ page }) => {
  const start = await new StartForm(page).open();
  await start.tryIt.click();
  const run = new RunPage(page);
  await run.arrived();
  await run.isDone();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/Senior Software Engineer/);
  await expect(page).toHaveTitle(/Senior Software Engineer/);
  await run.everyLineHasEvidence();
  const asked = await run.show("Requirements");
  await expect(asked.getByText(/^\d+ of \d+ backed by your evidence/)).toBeVisible();
  await expect(asked.getByRole("heading", { name: /^Nothing you gave backs \d+ thing/ })).toBeVisible();
  await expect(asked.getByRole("button", { name: /German/ })).toBeVisible();
  await run.downloadsSpeakOf(SAMPLE_PERSON);
});

test("a line shows the words it rests on, and a requirement the lines that answer it", async ({ page }) => {
  await (await new StartForm(page).open()).tryIt.click();
  const run = new RunPage(page);
  await run.arrived();
  await run.isDone();
  await run.show("Pages");
  await run.marks.first().click();
  await expect(run.proof).toBeVisible();
  await expect(run.proof.getByRole("blockquote").first()).not.toBeEmpty();
  await expect(page).toHaveURL(/line=/);
  // The choice lives in the address: a reload shows the same.
  await page.reload();
  await expect(run.proof).toBeVisible();
  await run.proof.getByRole("button", { name: "Close" }).click();
  await expect(run.proof).toBeHidden();
  const asked = await run.show("Requirements");
  const backed = asked.getByRole("button", { name: /on the page/ }).first();
  await backed.click();
  await expect(backed).toHaveAttribute("aria-pressed", "true");
  const answer = asked.locator("li.chosen").getByRole("listitem").getByRole("button").first();
  await answer.click();
  await expect(run.proof).toBeVisible();
  await expect(run.proof.getByText(/^Answers \d+ requirement/)).toBeVisible();
});

test("each stage says its name and state to who does not see it", async ({ page }) => {
  await (await new StartForm(page).open()).tryIt.click();
  const run = new RunPage(page);
  await run.arrived();
  await run.isDone();
  for (const [position, name] of ["Scrape", "Analyze", "Generate", "Verify", "Compile"].entries()) {
    await expect(run.stages.nth(position)).toMatchAriaSnapshot(`- listitem: /${name}.*Done/`);
  }
});

test("axe finds nothing on start, running, result, runs and not-found pages", async ({
  page,
  world,
  expected,
}) => {
  test.slow();
  const start = await new StartForm(page).open();
  await isAccessible(page);
  await start.submit.click();
  await start.isRefusedAt(start.posting, /There is no posting yet/);
  await isAccessible(page);
  const posting = world.posting("greenhouse.html", { held: true });
  await start.posting.fill(posting.url);
  await start.sample.check();
  await start.submit.click();
  const run = new RunPage(page);
  await run.arrived();
  await run.isReading();
  await isAccessible(page);
  posting.release();
  await run.isDone();
  await isAccessible(page);
  await run.show("Pages");
  await run.marks.first().click();
  await expect(run.proof).toBeVisible();
  await isAccessible(page);
  await page.keyboard.press("Escape");
  for (const pane of ["Evidence", "Requirements"] as const) {
    await run.show(pane);
    await isAccessible(page);
  }
  await page.goto("/runs");
  await expect(page.getByRole("heading", { level: 1, name: "Runs" })).toBeVisible();
  await isAccessible(page);
  expected(/status of 404/);
  const answer = await page.goto("/nowhere/at/all");
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "Nothing is here" })).toBeVisible();
  await isAccessible(page);
});

test("a run that does not exist is not found", async ({ page, expected }) => {
  expected(/status of 404/);
  for (const id of ["01890000-0000-7000-8000-000000000000", "no-id"]) {
    const answer = await page.goto(`/runs/${id}`);
    expect(answer?.status(), id).toBe(404);
    await expect(page.getByRole("heading", { name: "Nothing is here" })).toBeVisible();
  }
});

test("nothing moves by itself and nothing is wider than the screen", async ({ page, expected }) => {
  const settled = async () => {
    await page.evaluate(async () => {
      await document.fonts.ready;
      // Those in closed panels wait until somebody opens them.
      const shown = [...document.images].filter((image) => image.checkVisibility());
      await Promise.all(shown.map((image) => image.decode()));
      for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
    });
    const { layoutShift, shifted } = await page.evaluate(() => window.noted);
    expect(layoutShift, shifted.join("\n")).toBeLessThan(0.02);
    await fits(page);
  };
  const start = await new StartForm(page).open();
  await settled();
  await start.tryIt.click();
  const run = new RunPage(page);
  const address = await run.arrived();
  await run.isDone();
  await page.goto(address);
  await run.isDone();
  await settled();
  for (const pane of ["Evidence", "Requirements", "Pages"] as const) {
    await run.show(pane);
    await fits(page);
  }
  await run.marks.first().click();
  await fits(page);
  await page.goto("/runs");
  await expect(page.getByRole("table")).toBeVisible();
  await settled();
  expected(/status of 404/);
  await page.goto("/nowhere");
  await settled();
});
