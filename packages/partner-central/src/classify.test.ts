import { afterEach, describe, expect, it } from "@jest/globals";
import { systemClock } from "@cosell/connector";
import {
  awsError,
  clientOf,
  clientThatGets,
  closeAll,
  failureIn,
  type Handler,
  json,
  serve,
} from "./testing/aws-in-place.ts";

afterEach(closeAll);

describe("what AWS refuses", () => {
  it("becomes issues in the mapping's spelling, without the values that we sent", async () => {
    const { client } = await clientThatGets(
      awsError(400, "ValidationException", {
        Message: "Bad request",
        Reason: "REQUEST_VALIDATION_FAILED",
        ErrorList: [
          {
            FieldName: "customer.contacts.0.email",
            Message: "Jane@Example.com is not valid",
            Code: "INVALID_STRING_FORMAT",
          },
          { FieldName: "Customer.Account.Industry", Message: "required", Code: "REQUIRED_FIELD_MISSING" },
        ],
      }),
    );
    const contact = { Email: "Jane@Example.com" };
    const failure = await failureIn(
      client.createOpportunity({ ClientToken: "t", Customer: { Contacts: [contact], Account: { CompanyName: "X" } } }),
    );
    expect(failure).toMatchObject({
      kind: "invalid",
      code: "REQUEST_VALIDATION_FAILED",
      requestId: "r-1",
      issues: [
        { target: "Customer.Contacts[0].Email", code: "INVALID_STRING_FORMAT", message: "[value] is not valid" },
        { target: "Customer.Account.Industry", code: "REQUIRED_FIELD_MISSING", message: "required" },
      ],
    });
    expect(JSON.stringify(failure)).not.toContain("Jane");
  });

  it.each([
    [409, "ConflictException", "conflict"],
    [404, "ResourceNotFoundException", "missing"],
    [403, "AccessDeniedException", "permission"],
    [400, "AccessDeniedException", "permission"],
    [403, "ExpiredTokenException", "auth"],
    [403, "UnrecognizedClientException", "auth"],
    [403, "InvalidSignatureException", "auth"],
    [429, "ThrottlingException", "throttled"],
    [400, "ThrottlingException", "throttled"],
    [402, "ServiceQuotaExceededException", "quota"],
    [500, "InternalServerException", "unknown-outcome"],
    [503, "ServiceUnavailable", "unknown-outcome"],
    [400, "UnknownOperationException", "config"],
    [400, "SomethingNewException", "bug"],
  ] as const)("status %i with %s of a write is %s, and is asked once", async (status, type, kind) => {
    const { client, received } = await clientThatGets(awsError(status, type, { Message: "no" }));
    const failure = await failureIn(client.updateOpportunity("O1", {}));
    expect(failure).toMatchObject({ kind });
    expect(received).toHaveLength(1);
  });

  it("of a read that AWS fails at can be repeated", async () => {
    const { client, received } = await clientThatGets(awsError(500, "InternalServerException"));
    expect(await failureIn(client.getOpportunity("O1"))).toMatchObject({ kind: "transient" });
    expect(received).toHaveLength(1);
  });

  it.each([
    ["retry-after", "7", 7000],
    ["x-amz-retry-after", "1500", 1500],
    ["retry-after", new Date(Date.parse("2026-11-21T00:00:09Z")).toUTCString(), 9000],
  ])("says how long to wait: %s %s", async (name, value, retryAfterMs) => {
    const clock = { ...systemClock, now: () => Date.parse("2026-11-21T00:00:00Z") };
    const throttle: Handler = (_, response) =>
      json(response, 429, { __type: "ThrottlingException" }, { [name]: value });
    const { client } = await clientThatGets(throttle, { clock });
    expect(await failureIn(client.getOpportunity("O1"))).toMatchObject({ kind: "throttled", retryAfterMs });
  });

  it("names the ids that AWS does not know, and nothing else of the input", async () => {
    const { client } = await clientThatGets((_, response) =>
      json(response, 404, { __type: "ResourceNotFoundException", Message: "no Ann" }),
    );
    expect((await failureIn(client.getOpportunity("O1"))).message).toMatch(/ Asked for: Identifier O1, Catalog \w+\.$/);
    expect((await failureIn(client.getOpportunity("Ann <ann@example.com>"))).message).not.toContain("ann@");
  });

  it("is read from the header, and from `code` and `message` as well", async () => {
    const { client } = await clientThatGets((_, response, count) =>
      count === 1
        ? json(response, 400, { message: "x" }, { "x-amzn-errortype": "ResourceNotFoundException:http://internal/" })
        : json(response, 400, { code: "ConflictException" }),
    );
    expect(await failureIn(client.getOpportunity("O1"))).toMatchObject({ kind: "missing" });
    expect(await failureIn(client.getOpportunity("O1"))).toMatchObject({ kind: "conflict" });
  });
});

describe("an answer that cannot be used", () => {
  it("that is a web page says to check the endpoint", async () => {
    const { client } = await clientThatGets((_, response) => response.writeHead(404).end("<html>"));
    expect(await failureIn(client.getOpportunity("O1"))).toMatchObject({ kind: "config" });
  });

  it.each(["<html>", '{"Id":', "[]", "null"])("%s of a success: a read repeats, a write looks", async (body) => {
    const { client } = await clientThatGets((_, response) => response.writeHead(200).end(body));
    expect(await failureIn(client.getOpportunity("O1"))).toMatchObject({ kind: "transient" });
    expect(await failureIn(client.updateOpportunity("O1", {}))).toMatchObject({ kind: "unknown-outcome" });
  });

  it("without the id of what was created is not known to have worked", async () => {
    const { client } = await clientThatGets((_, response) => json(response, 200, { Id: null }));
    expect(await failureIn(client.createOpportunity({ ClientToken: "t" }))).toMatchObject({ kind: "unknown-outcome" });
  });
});

describe("a lost answer", () => {
  it.each<[string, Handler]>([
    ["reset", (_, response) => response.socket?.destroy()],
    [
      "cut in the body",
      (_, response) => {
        response.writeHead(200, { "content-length": "100" }).write('{"Id":"O1"');
        setTimeout(() => response.socket?.destroy(), 20);
      },
    ],
    ["stalled", () => undefined],
    ["stalled in the body", (_, response) => response.writeHead(200, { "content-length": "100" }).write("{")],
  ])("(%s) of a write is unknown, of a read can be repeated; nothing is sent twice", async (_, handler) => {
    const { client, received } = await clientThatGets(handler, { requestTimeoutMs: 150 });
    expect(await failureIn(client.createOpportunity({ ClientToken: "t" }))).toMatchObject({ kind: "unknown-outcome" });
    expect(await failureIn(client.getOpportunity("O1"))).toMatchObject({ kind: "transient" });
    expect(received).toHaveLength(2);
  });

  it("of a write that we stopped is unknown, of a read it is ours", async () => {
    const { client } = await clientThatGets(() => undefined);
    const stop = (): { signal: AbortSignal } => ({ signal: AbortSignal.timeout(50) });
    expect(await failureIn(client.assignOpportunity("O1", {}, stop()))).toMatchObject({ kind: "unknown-outcome" });
    expect(await failureIn(client.getOpportunity("O1", stop()))).toMatchObject({ kind: "aborted" });
  });

  it("is not lost when nobody listened: nothing was sent", async () => {
    const { endpoint } = await serve(() => undefined);
    await closeAll();
    const client = clientOf(endpoint);
    expect(await failureIn(client.createOpportunity({ ClientToken: "t" }))).toMatchObject({
      kind: "transient",
      code: "ECONNREFUSED",
    });
  });
});
