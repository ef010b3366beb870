import { failureOf, serverTime, systemClock } from "@cosell/connector";
import { type FakeAnswer, type FakeServer, sendJson, startFakeServer } from "@cosell/connector/testing";
import { afterEach, describe, expect, it } from "@jest/globals";
import { createTransport } from "./transport.ts";

let server: FakeServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const time = serverTime(systemClock);

/** What one call ends in, and how often it was sent. */
async function callOnce(method: "GET" | "PATCH", answer: FakeAnswer, signal?: AbortSignal): Promise<unknown> {
  server = await startFakeServer(answer);
  const transport = createTransport({ timeoutMs: 300, signal, time });
  const body = method === "PATCH" ? { body: "{}" } : {};
  try {
    return await transport.httpRequest({ method, url: server.url, ...body });
  } catch (error) {
    return failureOf(error) ?? error;
  }
}

const html: FakeAnswer = (_, response) => {
  response.writeHead(503, { "content-type": "text/html" });
  response.end("<html>down for maintenance</html>");
};
const cutOff: FakeAnswer = (_, response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": 1000 });
  response.write('{"records":[', () => response.destroy());
};
const stallAtOnce: FakeAnswer = () => undefined;
const stallInBody: FakeAnswer = (_, response) => {
  response.writeHead(200, { "content-type": "application/json" });
  response.write("{");
};
const reset: FakeAnswer = (_, response) => response.destroy();

describe("transport", () => {
  it.each([
    ["an html page", html],
    ["an answer that breaks off", cutOff],
    ["no answer", stallAtOnce],
    ["an answer that stalls", stallInBody],
    ["a connection that is reset", reset],
  ])("gives up a read after %s, and a write as of unknown outcome; each is sent once", async (_, answer) => {
    expect(await callOnce("GET", answer)).toMatchObject({ kind: "transient" });
    expect(server?.calls).toHaveLength(1);
    await server?.close();
    expect(await callOnce("PATCH", answer)).toMatchObject({ kind: "unknown-outcome" });
    expect(server?.calls).toHaveLength(1);
  });

  it("knows that a write to a closed port was never sent", async () => {
    const { url, close } = await startFakeServer(stallAtOnce);
    await close();
    const transport = createTransport({ timeoutMs: 1000, signal: undefined, time });
    const failure = await transport.httpRequest({ method: "POST", url, body: "{}" }).catch(failureOf);
    expect(failure).toMatchObject({ kind: "transient", code: "ECONNREFUSED" });
  });

  it("tells how long Salesforce asks to wait", async () => {
    const answer: FakeAnswer = (_, response) => sendJson(response, 429, [], { "retry-after": "7" });
    expect(await callOnce("PATCH", answer)).toMatchObject({ kind: "throttled", retryAfterMs: 7000 });
  });

  it("does not follow a redirect, which would turn a write into a read", async () => {
    const answer: FakeAnswer = (_, response) => sendJson(response, 302, {}, { location: "/elsewhere" });
    expect(await callOnce("PATCH", answer)).toMatchObject({ kind: "config" });
    expect(server?.calls).toHaveLength(1);
  });

  it("ends the call in flight when it is aborted", async () => {
    const aborter = new AbortController();
    const answer: FakeAnswer = () => aborter.abort(new Error("shutting down"));
    expect(await callOnce("GET", answer, aborter.signal)).toMatchObject({ kind: "aborted" });
    await server?.close();
    expect(await callOnce("GET", stallAtOnce, aborter.signal)).toMatchObject({ kind: "aborted" });
    expect(server?.calls).toHaveLength(0);
  });
});
