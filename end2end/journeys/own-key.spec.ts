// A person's own key of a model: given, tried, refused, removed; on no page and in no log; and all of it
// by forms where no script runs.

import { alive, file, fits, isAccessible, POSTING_TEXT, RunPage, StartForm } from "../support/pages";
import { expect, test } from "../support/test";

const KEY = "sk-hunter2-of-a-journey-canary-4x4x";

test("a key is given, tried, told of when it is refused, and removed", async ({
  page,
  clever: { site, mind },
  expected,
}) => {
  test.slow();
  expected(/status of 422/);
  await page.goto(`${site.url}/models`);
  const section = page.getByRole("region", { name: "Your own key" });
  await expect(section.getByText(/^You have given none/)).toBeVisible();
  const form = page.locator("form.own-key-form");
  await alive(form, "submit");
  await isAccessible(page);
  await fits(page);

  // By keyboard alone.
  const provider = section.getByLabel("Provider");
  const model = section.getByLabel("Model");
  const key = section.getByLabel("Key", { exact: true });
  await expect(key).toHaveAttribute("type", "password");
  await provider.focus();
  await page.keyboard.press("ArrowDown");
  await expect(provider).toHaveValue("openai");
  await page.keyboard.press("Tab");
  await expect(model).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(key).toBeFocused();
  await page.keyboard.type("hunter2");
  await page.keyboard.press("Enter");
  await expect(key).toHaveAttribute("aria-invalid", "true");
  await expect(key).toHaveAccessibleDescription(/This cannot be a key/);
  await expect(key).toBeFocused();
  await isAccessible(page);
  await fits(page);
  await key.fill(KEY);
  await page.keyboard.press("Enter");
  const told = section.getByRole("status");
  await expect(told).toHaveText("Your key is kept. The next run asks with it.");
  await expect(told).toBeFocused();
  await expect(section.getByText("ends in 4x4x", { exact: true })).toBeVisible();
  await expect(section.getByText("gpt-4.1-mini", { exact: true })).toBeVisible();
  await expect(page.getByText(/gpt-4.1-mini at .* asked with your own key/)).toBeVisible();
  await expect(key).toHaveValue("");
  expect(await page.content()).not.toContain("canary");
  await isAccessible(page);
  await fits(page);

  await section.getByRole("button", { name: "Try it" }).click();
  await expect(told).toHaveText("The provider took your key and answered.");
  const row = page.getByRole("row").filter({ hasText: "Trying your key" });
  await expect(row).toContainText("your key");
  expect(mind.keys.pop()).toBe(`Bearer ${KEY}`);

  mind.refused.add(`Bearer ${KEY}`);
  await section.getByRole("button", { name: "Try it" }).click();
  await expect(told).toHaveText(/^The provider refused your key/);
  await expect(section.getByText("Refused last")).toBeVisible();
  await expect(section.getByText(/^Your key was refused by its provider/)).toBeVisible();
  await expect(key, "another can be given at once").toBeVisible();
  await isAccessible(page);
  await fits(page);

  const start = await new StartForm(page).open(site.url);
  await expect(page.getByText(/gpt-4.1-mini at .* will be asked with your own key/)).toBeVisible();
  await start.posting.fill(POSTING_TEXT);
  await start.evidence.setInputFiles(file("jsonresume/complete_jane.json"));
  await start.submit.click();
  const run = new RunPage(page);
  await run.arrived();
  await run.isDone();
  await expect(page.getByText(/^Your key was refused by the model's provider/)).toBeVisible();
  expect(new Set(mind.keys), "nobody else's key was tried").toEqual(new Set([`Bearer ${KEY}`]));
  await page.getByRole("link", { name: "To your key" }).click();
  await expect(page).toHaveURL(/\/models#own-key-title$/);

  const remove = section.getByText("Remove the key", { exact: true });
  await remove.click();
  await expect(section.getByText(/^The key that ends in 4x4x is deleted for good/)).toBeVisible();
  await isAccessible(page);
  await fits(page);
  await section.getByRole("button", { name: "Delete the key that ends in 4x4x" }).click();
  await expect(told).toHaveText("Your key is deleted. Nothing of it is kept here.");
  await expect(section.getByText(/^You have given none/)).toBeVisible();
  expect(site.log.join("\n")).not.toContain("canary");
});

test.describe("without a script", () => {
  test.use({ javaScriptEnabled: false });

  test("a key is given, tried and removed by forms", async ({ page, clever: { site } }) => {
    await page.goto(`${site.url}/models`);
    const section = page.getByRole("region", { name: "Your own key" });
    await section.getByLabel("Provider").selectOption("OpenAI");
    await section.getByRole("button", { name: "Keep the key" }).click();
    await expect(section.getByText("There is no key here. Nothing was kept. Paste the key.")).toBeVisible();
    await section.getByLabel("Provider").selectOption("OpenAI");
    await section.getByLabel("Model").fill("gpt-5-of-mine");
    await section.getByLabel("Key", { exact: true }).fill(KEY);
    await section.getByRole("button", { name: "Keep the key" }).click();
    await expect(section.getByRole("status")).toHaveText(/^Your key is kept/);
    expect(page.url()).not.toContain("canary");
    await expect(section.getByText("gpt-5-of-mine", { exact: true })).toBeVisible();
    await section.getByRole("button", { name: "Try it" }).click();
    await expect(section.getByRole("status")).toHaveText("The provider took your key and answered.");
    await section.getByText("Remove the key", { exact: true }).click();
    await section.getByRole("button", { name: /^Delete the key/ }).click();
    await expect(section.getByRole("status")).toHaveText(/^Your key is deleted/);
    await fits(page);
  });
});
