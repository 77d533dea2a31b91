// What cannot be used is told at its field, and nothing typed is lost: with a script and without.

import type { Page } from "@playwright/test";

import { POSTING_TEXT, StartForm, file } from "../support/pages";
import { expect, test } from "../support/test";

interface Case {
  what: string;
  posting: string;
  evidence?: string;
  github?: string;
  sample?: boolean;
  field: "posting" | "evidence" | "github";
  message: RegExp;
  /** Told by the server even where a script runs. */
  byServer?: boolean;
}

const WRONG_ADDRESS = "https://me:secret@jobs.example/senior-engineer";

const CASES: Case[] = [
  {
    what: "a form without a posting",
    posting: "",
    sample: true,
    field: "posting",
    message: /There is no posting yet/,
  },
  {
    what: "an address that holds a password",
    posting: WRONG_ADDRESS,
    sample: true,
    field: "posting",
    message: /not an address a posting can be read from/,
  },
  {
    what: "a text too short for a posting",
    posting: "Rust, remote.\nApply soon",
    sample: true,
    field: "posting",
    message: /too short to be a whole posting/,
  },
  {
    what: "a posting without evidence",
    posting: POSTING_TEXT,
    field: "evidence",
    message: /There is no evidence yet/,
    byServer: true,
  },
  {
    what: "a file that is no résumé",
    posting: POSTING_TEXT,
    evidence: "jsonresume/edge/not_a_resume.json",
    field: "evidence",
    message: /readable but is no résumé/,
    byServer: true,
  },
  {
    what: "a ZIP that is none",
    posting: POSTING_TEXT,
    evidence: "hostile/zip/not_a_zip.zip",
    field: "evidence",
    message: /of no kind that can be read as a résumé|The ZIP is damaged/,
    byServer: true,
  },
  {
    what: "a GitHub name that cannot be one",
    posting: POSTING_TEXT,
    github: "not--a-name",
    field: "github",
    message: /GitHub has no names like this/,
  },
];

async function fill(start: StartForm, given: Case): Promise<void> {
  await start.forgetEarlierEvidence();
  await start.posting.fill(given.posting);
  if (given.evidence) await start.evidence.setInputFiles(file(given.evidence));
  if (given.github) await start.nameGithub(given.github);
  if (given.sample) await start.sample.check();
  await start.page.getByRole("radio", { name: "Two pages" }).check({ force: true });
  await start.submit.click();
}

async function keepsWhatWasTyped(start: StartForm, page: Page, given: Case): Promise<void> {
  await expect(start.posting).toHaveValue(given.posting);
  if (given.github) await expect(start.github).toHaveValue(given.github);
  await expect(start.sample).toBeChecked({ checked: given.sample ?? false });
  await expect(page.getByRole("radio", { name: "Two pages" })).toBeChecked();
}

for (const given of CASES) {
  test(`${given.what} is told at its field`, async ({ page, expected }) => {
    if (given.byServer) expected(/status of 4\d\d/);
    const start = await new StartForm(page).open();
    await fill(start, given);
    await start.isRefusedAt(start[given.field], given.message);
    await keepsWhatWasTyped(start, page, given);
    if (given.evidence) {
      const chosen = page.getByRole("list", { name: "Files chosen" }).getByRole("listitem");
      await expect(chosen).toHaveCount(1);
    }
    expect(new URL(page.url()).pathname).toBe("/");
  });
}

test("a message goes away once its field is changed", async ({ page }) => {
  const start = await new StartForm(page).open();
  await start.submit.click();
  await start.isRefusedAt(start.posting, /There is no posting yet/);
  await start.posting.fill(POSTING_TEXT);
  await expect(page.getByText("There is no posting yet")).toBeHidden();
  await expect(start.posting).not.toHaveAttribute("aria-invalid", "true");
});

test("what was typed stays when the server does not answer", async ({ page, expected }) => {
  expected(/ERR_INTERNET_DISCONNECTED/);
  const start = await new StartForm(page).open();
  await start.posting.fill(POSTING_TEXT);
  await start.sample.check();
  await page.context().setOffline(true);
  await start.submit.click();
  await expect(page.getByText("The server did not answer. What you typed is still here.")).toBeVisible();
  await expect(start.posting).toHaveValue(POSTING_TEXT);
  await page.context().setOffline(false);
  await start.submit.click();
  await page.waitForURL(/\/runs\//);
});

test.describe("without a script", () => {
  test.use({ javaScriptEnabled: false });

  for (const given of CASES) {
    test(`${given.what} is told at its field`, async ({ page }) => {
      await page.goto("/");
      const start = new StartForm(page);
      await fill(start, given);
      await expect(page).toHaveURL(/\?attempt=[0-9a-f-]{36}$/);
      await start.isRefusedAt(start[given.field], given.message);
      await keepsWhatWasTyped(start, page, given);
    });
  }
});
