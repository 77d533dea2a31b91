// What happens in the middle of a run: leaving, cancelling, a crash of the server.

import { createHash } from "node:crypto";

import { RunPage, StartForm } from "../support/pages";
import { expect, test } from "../support/test";

test("the browser may be closed in the middle: the same run is there again", async ({ page, context, world }) => {
  const posting = world.posting("greenhouse.html", { held: true });
  const start = await new StartForm(page).open();
  await start.posting.fill(posting.url);
  await start.sample.check();
  await start.submit.click();
  const run = new RunPage(page);
  const address = await run.arrived();
  await run.isReading();
  await posting.wasAsked();
  await page.close();

  const again = await context.newPage();
  await again.goto("/runs");
  await again.getByRole("table").locator(`a[href="${address}"]`).click();
  const same = new RunPage(again);
  expect(await same.arrived()).toBe(address);
  await same.isReading();
  posting.release();
  await same.isDone();
  await again.close();

  const later = await context.newPage();
  await later.goto(address);
  await new RunPage(later).isDone();
  expect(posting.asked).toBe(1);
});

test("a cancelled run stops, stays, and goes on when it is tried again", async ({ page, world }) => {
  const posting = world.posting("greenhouse.html", { held: true });
  const start = await new StartForm(page).open();
  await start.posting.fill(posting.url);
  await start.sample.check();
  await start.submit.click();
  const run = new RunPage(page);
  const address = await run.arrived();
  await run.isReading();
  await posting.wasAsked();
  await run.cancel.click();
  await expect(run.stages.first()).toContainText("Cancelled");
  await expect(page.getByText("You cancelled this run.")).toBeVisible();
  await expect(run.cancel).toBeHidden();
  await page.reload();
  await expect(run.stages.first()).toContainText("Cancelled");
  // The answer that was waited for changes nothing any more.
  posting.release();
  await expect(page.getByText("You cancelled this run.")).toBeVisible();
  await run.retry.click();
  await run.isDone();
  expect(posting.asked).toBe(2);
  expect(await run.arrived()).toBe(address);
});

test("two pages of one run show the same as it happens", async ({ page, context, world }) => {
  const posting = world.posting("greenhouse.html", { held: true });
  const start = await new StartForm(page).open();
  await start.posting.fill(posting.url);
  await start.sample.check();
  await start.submit.click();
  const run = new RunPage(page);
  const address = await run.arrived();
  const other = await context.newPage();
  await other.goto(address);
  const watched = new RunPage(other);
  await watched.isReading();
  await run.cancel.click();
  await expect(watched.stages.first()).toContainText("Cancelled");
  posting.release();
  await watched.retry.click();
  await watched.isDone();
  await run.isDone();
});

test("the page of a run that is over asks the server nothing more", async ({ page, world }) => {
  await page.clock.install();
  const posting = world.posting("greenhouse.html", { held: true });
  const start = await new StartForm(page).open();
  await start.posting.fill(posting.url);
  await start.sample.check();
  await start.submit.click();
  const run = new RunPage(page);
  await run.arrived();
  await run.isReading();
  await posting.wasAsked();
  posting.release();
  await run.isDone();
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.clock.fastForward(30_000);
  await page.evaluate(() => new Promise(requestAnimationFrame));
  expect(asked).toEqual([]);
});

test("a server killed in the middle finishes the run once after its restart", async ({
  page,
  world,
  unused,
  expected,
}) => {
  test.setTimeout(150_000);
  const posting = world.posting("greenhouse.html", { held: true });
  const start = await new StartForm(page).open(unused.url);
  await start.posting.fill(posting.url);
  await start.sample.check();
  await start.submit.click();
  const run = new RunPage(page);
  const address = await run.arrived();
  await run.isReading();
  await posting.wasAsked();

  // The open page cannot reach its server for a while.
  expected(/ERR_(CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE|INCOMPLETE_CHUNKED_ENCODING)/);
  await unused.kill();
  await unused.restart();
  posting.release();
  // Without a reload: the page finds the server by itself, and the run a worker.
  await expect(run.stages.last()).toContainText("Done", { timeout: 60_000 });
  await run.isDone();
  await run.everyLineHasEvidence();
  expect(posting.asked).toBeLessThanOrEqual(2);

  const first = await run.download("Download PDF");
  expect(first.bytes.subarray(0, 5).toString()).toBe("%PDF-");
  await page.goto(`${unused.url}/runs`);
  await expect(page.getByText("1 run", { exact: true })).toBeVisible();
  await page.goto(unused.url + address);
  await run.isDone();
  const second = await run.download("Download PDF");
  const hash = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
  expect(hash(second.bytes)).toBe(hash(first.bytes));
  expect(unused.faultsSince(0)).toEqual([]);
});
