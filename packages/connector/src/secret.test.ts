import { format, inspect } from "node:util";
import { describe, expect, it } from "@jest/globals";
import { Secret } from "./secret.ts";

describe("Secret", () => {
  const secret = new Secret("s3cret");

  it("gives its value to whoever asks for it by name", () => {
    expect(secret.reveal()).toBe("s3cret");
  });

  it.each([
    ["a template", () => `token ${String(secret)}`],
    ["JSON", () => JSON.stringify({ nested: [secret] })],
    ["inspect", () => inspect({ nested: [secret] }, { depth: 9, showHidden: true })],
    ["a log line", () => format("%s %j %o", secret, secret, secret)],
    ["its members", () => JSON.stringify([Object.entries(secret), Object.getOwnPropertyNames(secret)])],
    ["a copy", () => JSON.stringify(Object.assign({}, secret))],
    ["an error", () => String(new Error("failed", { cause: secret }).cause)],
  ])("does not show it in %s", (_, print) => {
    expect(print()).not.toContain("s3cret");
  });

  it("says that something was there", () => {
    expect(String(secret)).toBe("[secret]");
    expect(JSON.stringify({ secret })).toBe('{"secret":"[secret]"}');
  });
});
