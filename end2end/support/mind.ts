// A language model as a server of its own on loopback. It says what a journey has it say, and can be
// held in the middle of an answer.

import * as http from "node:http";
import type { AddressInfo } from "node:net";

/** A line as the model is shown it. */
interface Line {
  id: string;
  text: string;
  facts: { id: string; quote: string }[];
}

/** Other words for lines: what a line holds, and what is proposed for it. */
export type Proposals = [holds: string, text: string][];

/** The model. */
export class Mind {
  /** What it proposes for lines. */
  proposals: Proposals = [];
  /** How often it was asked. */
  asked = 0;
  /** As whom it was asked, the header. */
  readonly keys: string[] = [];
  /** Whom it refuses, by that header. */
  readonly refused = new Set<string>();
  private held = false;
  private waiting: (() => void)[] = [];

  private constructor(private readonly server: http.Server) {}

  static async start(): Promise<Mind> {
    const server = http.createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const mind = new Mind(server);
    server.on("request", (request, response) => void mind.answer(request, response));
    return mind;
  }

  /** The settings of a server that asks it. */
  get settings(): Record<string, string> {
    const { port } = this.server.address() as AddressInfo;
    return {
      LLMPLOYABLE_MODEL_PROVIDER: "openai",
      LLMPLOYABLE_MODEL_NAME: "stub-mind",
      LLMPLOYABLE_MODEL_BASE_URL: `http://127.0.0.1:${port}/v1`,
      // It stands in for the providers of people's own keys too.
      LLMPLOYABLE_MODEL_PERSONAL_STAND_IN: `http://127.0.0.1:${port}`,
      LLMPLOYABLE_MODEL_PRICE_INPUT: "0.3",
      LLMPLOYABLE_MODEL_PRICE_OUTPUT: "2.5",
    };
  }

  /** From now on the second half of every answer waits. */
  hold(): void {
    this.held = true;
  }

  /** Lets it go on. */
  release(): void {
    this.held = false;
    this.waiting.splice(0).forEach((go) => go());
  }

  async stop(): Promise<void> {
    this.release();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const question = JSON.parse(Buffer.concat(chunks).toString());
    this.asked += 1;
    const key = request.headers.authorization;
    if (key) this.keys.push(key);
    if (key && this.refused.has(key)) {
      response.writeHead(401, { "content-type": "application/json" });
      response.end(JSON.stringify({ error: { message: "no" } }));
      return;
    }
    const material = JSON.parse(question.messages[1].content);
    const text = JSON.stringify(this.think(material));
    const usage = { prompt_tokens: 2400, completion_tokens: 640 };
    if (!question.stream) {
      const message = { role: "assistant", content: text };
      const choices = [{ index: 0, finish_reason: "stop", message }];
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify({ model: "stub-mind", choices, usage }));
      return;
    }
    response.writeHead(200, { "content-type": "text/event-stream" });
    const say = (choice: object, rest = {}) =>
      response.write(`data: ${JSON.stringify({ model: "stub-mind", choices: [choice], ...rest })}\n\n`);
    const half = Math.floor(text.length / 2);
    say({ index: 0, delta: { content: text.slice(0, half) } });
    if (this.held) await new Promise<void>((resolve) => this.waiting.push(resolve));
    say({ index: 0, delta: { content: text.slice(half) } });
    say({ index: 0, delta: {}, finish_reason: "stop" }, { usage });
    response.end("data: [DONE]\n\n");
  }

  private think(material: {
    word?: string;
    posting?: object;
    lines?: Line[];
    postings?: object;
    summaries?: object;
    headlines?: object;
  }): object {
    if (material.word) return { word: material.word };
    if (material.postings) return { requirements: [] };
    if (material.summaries) return { sentences: [] };
    if (material.headlines) return { title: "", skills: [] };
    // What was refused once is not tried again.
    if (!material.posting) return { lines: [] };
    const lines = this.proposals.flatMap(([holds, text]) => {
      const line = material.lines?.find((line) => line.text.includes(holds));
      const cites = line?.facts.map(({ id, quote }) => ({ fact: id, quote }));
      return line ? [{ id: line.id, text, cites }] : [];
    });
    // So that the first lines are whole before the middle of the answer.
    return { lines: [...lines, { id: "none", text: " ".repeat(4000), cites: [] }] };
  }
}
