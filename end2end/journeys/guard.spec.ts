// Only our own pages may act: requests from elsewhere are refused before anything sees them.

import * as http from "node:http";

import { expect, test } from "../support/test";

interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: string;
}

/** A request with exactly these headers: browsers and their tools would set some by themselves. */
function ask(url: string, method: string, headers: Record<string, string>, body = ""): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method, headers, setHost: !headers.host }, (response) => {
      let text = "";
      response.on("data", (part) => (text += part));
      response.on("end", () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text });
      });
    });
    request.on("error", reject);
    request.end(body);
  });
}

const FORM = { "content-type": "application/x-www-form-urlencoded" };

test("foreign origins and hosts are refused, whatever they ask for", async ({ site }) => {
  const port = new URL(site.url).port;
  const foreign: Record<string, string>[] = [
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: `http://127.0.0.1:${Number(port) + 1}` },
    { host: "evil.example" },
    { host: `rebound.evil.example:${port}` },
  ];
  for (const headers of foreign) {
    for (const where of ["/", "/runs", "/health/ready", "/pkg/llmployable.js"]) {
      const answer = await ask(site.url + where, "GET", headers);
      expect(answer.status, `${where} with ${JSON.stringify(headers)}`).toBe(403);
      expect(answer.headers.location).toBeUndefined();
    }
    const form = { ...FORM, ...headers, accept: "text/html" };
    const answer = await ask(`${site.url}/api/list_runs`, "POST", form);
    expect(answer.status).toBe(403);
    expect(answer.headers.location).toBeUndefined();
    expect(JSON.parse(answer.body).code).toBe("host" in headers ? "foreign_host" : "foreign_origin");
  }
});

test("a form on somebody else's page begins no run", async ({ page, site, world, expected }) => {
  expected(/status of 403|form-action|Refused to/);
  const before = await ask(`${site.url}/api/list_runs`, "POST", FORM);
  expect(before.status).toBe(200);
  await page.route(`${world.url}/attack`, (route) =>
    route.fulfill({
      contentType: "text/html",
      body: `<form method="post" enctype="multipart/form-data" action="${site.url}/api/submit_run">
        <input name="sample" value="1"><input name="posting" value="${"x ".repeat(60)}">
        <button>Win a prize</button></form>`,
    }),
  );
  await page.goto(`${world.url}/attack`);
  const answer = page.waitForResponse(`${site.url}/api/submit_run`);
  await page.getByRole("button").click();
  expect((await answer).status()).toBe(403);
  const after = await ask(`${site.url}/api/list_runs`, "POST", FORM);
  expect(after.body).toBe(before.body);
});

test("every answer carries the headers that keep a page to itself", async ({ site }) => {
  for (const where of ["/", "/runs", "/nowhere", "/health/live"]) {
    const { headers } = await ask(site.url + where, "GET", {});
    expect(headers["x-content-type-options"], where).toBe("nosniff");
    expect(headers["x-frame-options"], where).toBe("DENY");
    expect(headers["content-security-policy"], where).toContain("default-src 'self'");
    expect(headers["x-request-id"], where).toMatch(/^[0-9a-f-]{36}$/);
  }
});
