// The list of runs: its empty state, filter, order, removal and undo.

import { RunPage, StartForm, alive, isAccessible } from "../support/pages";
import { expect, test } from "../support/test";

test("before the first run the list shows the one next step", async ({ page, unused }) => {
  await page.goto(`${unused.url}/runs`);
  await expect(page.getByRole("heading", { name: "No runs yet" })).toBeVisible();
  await expect(page.getByRole("table")).toHaveCount(0);
  await isAccessible(page);
  await page.getByRole("link", { name: "Start one" }).click();
  await expect(new StartForm(page).posting).toBeVisible();
});

test("runs are filtered in the address, removed at once, and brought back", async ({ page, unused, world }) => {
  const start = await new StartForm(page).open(unused.url);
  await start.tryIt.click();
  const run = new RunPage(page);
  const sample = await run.arrived();
  await run.isDone();
  await start.open(unused.url);
  await expect(page.getByRole("heading", { name: "Recent runs" })).toBeVisible();
  await start.posting.fill(world.posting("greenhouse.html").url);
  await start.sample.check();
  await start.submit.click();
  await expect(page).not.toHaveURL(unused.url + sample);
  await run.arrived();
  await run.isDone();

  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Runs" }).click();
  const rows = page.getByRole("row").filter({ has: page.getByRole("link", { name: /Engineer/ }) });
  await expect(page.getByText("2 runs", { exact: true })).toBeVisible();
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText("Larkspur");
  await expect(rows.first()).toContainText("Done");

  const filter = page.getByRole("searchbox", { name: "Filter" });
  await alive(filter, "input");
  await page.keyboard.press("/");
  await expect(filter).toBeFocused();
  await page.keyboard.type("northwind");
  await expect(page).toHaveURL(/q=northwind/);
  await expect(rows).toHaveCount(1);
  await expect(page.getByText("1 run", { exact: true })).toBeVisible();
  await page.reload();
  await expect(filter).toHaveValue("northwind");
  await expect(rows).toHaveCount(1);
  await alive(filter, "input");
  await filter.fill("no such employer");
  await expect(page.getByText("No run matches “no such employer”.")).toBeVisible();
  await page.getByRole("link", { name: "Show all runs" }).click();
  await expect(rows).toHaveCount(2);
  await expect(filter).toHaveValue("");

  await page.getByRole("columnheader", { name: "Posting" }).getByRole("link").click();
  await expect(page).toHaveURL(/sort=title/);
  await expect(rows.first()).toContainText("Platform Engineer");
  await page.getByRole("columnheader", { name: "Started" }).getByRole("link").click();
  await expect(rows.first()).toContainText("Northwind");

  await page.getByRole("button", { name: /^Remove Senior Software Engineer/ }).click();
  await expect(rows).toHaveCount(1);
  await expect(page.getByRole("status").filter({ hasText: "The run was removed." })).toBeVisible();
  await isAccessible(page);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(rows).toHaveCount(2);
  await expect(page.getByText("The run was removed.")).toBeHidden();

  await page.getByRole("button", { name: /^Remove Senior/ }).click();
  await expect(rows).toHaveCount(1);
  await page.getByRole("button", { name: /^Remove Platform/ }).click();
  await expect(page.getByRole("heading", { name: "No runs yet" })).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(rows).toHaveCount(1);
});
