import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { operationOf, services } from "./index.ts";

const patternOf = (operation: string, path: string): RegExp => {
  const pattern = operationOf(operation)?.input.find((member) => member.path === path)?.pattern;
  if (pattern === undefined) throw new Error(`${path} has no pattern.`);
  return new RegExp(pattern, "u");
};

const invitation = "Invitation.Payload.OpportunityInvitation";
// As AWS writes them: exponential in the length of the text, so they are compared on short texts.
const replaced: readonly (readonly [string, RegExp, string])[] = [
  [
    `${invitation}.Customer.WebsiteUrl`,
    /^(?:((http|https):\/\/)??(www[.])??([a-zA-Z0-9]|-)+?([.][a-zA-Z0-9(-|/|=|?)??]+?)+?)$/u,
    "ahtps:/w.-|(~é?1",
  ],
  [
    `${invitation}.SenderContacts[].Email`,
    /^(?:[a-zA-Z0-9.!#$%&'*+/=?^_{|}~-]+@[a-zA-Z0-9-]+(?:.[a-zA-Z0-9-]+)*)$/u,
    "aZ0-.@ _é\n\u2028",
  ],
];

describe("a pattern of AWS that was made linear", () => {
  it.each(replaced)("accepts what AWS accepts: %s", (path, original, alphabet) => {
    const linear = patternOf("CreateEngagementInvitation", path);
    const piece = fc.oneof(
      fc.constantFrom(...Array.from(alphabet)),
      fc.constantFrom("http://", "https://", "www.", "a.b", "a@b", ".c", "@"),
    );
    const text = fc.array(piece, { maxLength: 7 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(text, (value) => {
        expect(linear.test(value)).toBe(original.test(value));
      }),
      { numRuns: 3000 },
    );
  });

  it("accepts web and mail addresses at all", () => {
    expect(
      patternOf("CreateEngagementInvitation", `${invitation}.Customer.WebsiteUrl`).test("https://www.acme.com/a"),
    ).toBe(true);
    expect(patternOf("CreateEngagementInvitation", `${invitation}.SenderContacts[].Email`).test("Jo@acme.co.uk")).toBe(
      true,
    );
  });
});

describe("every pattern", () => {
  it("answers at once, for texts made to mislead it", () => {
    const patterns = new Set(
      Object.values(services).flatMap(({ name: service, operationNames }) =>
        operationNames.flatMap((name) =>
          (operationOf(name, service)?.input ?? []).flatMap(({ pattern }) => pattern ?? []),
        ),
      ),
    );
    expect(patterns.size).toBeGreaterThan(25);
    const bases = [
      "a",
      "1",
      "-",
      "a.",
      "a-",
      "a@a.",
      "arn:",
      "O1",
      "+1",
      "https://a.",
      "a/",
      "arn:aws:iam::123456789012:role/a",
    ];
    const startedAt = performance.now();
    for (const pattern of patterns) {
      const expression = new RegExp(pattern, "u");
      for (const base of bases) {
        for (const end of ["", "!", "\n", " "]) {
          expression.test(base.repeat(2000 / base.length) + end);
          expression.test(`a@${base.repeat(2000 / base.length)}${end}`);
        }
      }
    }
    // A single exponential pattern would need longer than the universe.
    expect(performance.now() - startedAt).toBeLessThan(5000);
  });
});
