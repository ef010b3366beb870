import { describe, expect, it } from "@jest/globals";
import type { JsonObject, JsonValue } from "@cosell/connector";
import fc from "fast-check";
import { dealTarget } from "../__fixtures__/deal-target.ts";
import { mappingOf } from "../__fixtures__/mapping-of.ts";
import { compileFit, fitCount } from "../constraints.ts";
import { isProblem } from "../problem.ts";

const mapping = mappingOf(
  [
    "match: { any: [{ Name: { gt: 5 } }, { Stage: { in: [New, true] } }] }",
    "tables:",
    "  stage: { outbound: { New: Prospect, Won: Launched }, otherwise: error }",
    "  industry: { outbound: { Bank: Financial Services }, otherwise: { value: Other } }",
    "outbound:",
    "  Customer.Account.CompanyName: { from: [Account.Name, Name], required: true }",
    "  Customer.Account.Industry: { from: Account.Industry, table: industry }",
    "  Customer.Account.Duns: { from: Account.Duns, steps: [{ replace: { find: '-', with: '' } }] }",
    "  Customer.Account.Address.CountryCode: { from: Account.Country, steps: [country] }",
    "  Customer.Account.Address.StateOrRegion: { from: Account.State, steps: [state], when: { Customer.Account.Address.CountryCode: { eq: US } } }",
    "  Customer.Contacts:",
    "    each: Roles",
    "    fields:",
    "      Email: { from: Email, steps: [trim, lower] }",
    "      Phone: { from: Phone, steps: [{ phone: { country: { from: Account.Country } } }] }",
    "      LastName: { from: [Name, $record.Name], required: true }",
    '  Project.Title: { template: "{Account.Name} - {Name}", steps: [html-to-text, { truncate: 40 }] }',
    "  Project.CustomerBusinessProblem: { from: Problem, steps: [lines-to-text] }",
    '  Project.DeliveryModels: { from: Models, steps: [{ split: ";" }, unique] }',
    "  Project.Seats: { from: Seats, steps: [number] }",
    "  Project.Public: { from: Public, steps: [boolean] }",
    "  Project.ExpectedCustomerSpend:",
    "    list: [{ Amount: { from: Amount, steps: [{ divide: 12 }, { decimal: 2 }] }, CurrencyCode: { from: Currency, default: USD } }]",
    "  LifeCycle.Stage: { from: Stage, table: stage }",
    "  LifeCycle.TargetCloseDate: { from: Close, steps: [{ date: { zone: America/New_York } }] }",
    "  LifeCycle.ClosedLostReason: { const: Other, when: { LifeCycle.Stage: { eq: Launched } } }",
    "  Marketing.Source: { choose: [{ when: { Campaign: { exists: true } }, const: Marketing Activity }, { const: None }] }",
    '  RelatedEntityIdentifiers.Solutions: { from: Solutions, steps: [{ split: ";" }] }',
    "  Assignee.Email: { from: Owner.Email, steps: [lower] }",
    "  Submission: { when: { Stage: { ne: New } }, fields: { InvolvementType: { const: Co-Sell } } }",
    "",
  ].join("\n"),
);

/** Texts that some step, table or constraint has something to say about. */
const telling = fc.constantFrom(
  "", " ", "New", "Won", "Bank", "US", "United States", "Philipines", "CA", "ann@x.test", "ANN@X.TEST", "+14155550100",
  "030 901820", "2026-12-31", "2026-02-30", "2026-12-31T23:00:00Z", "1798675200000", "120000", "1e400", "-5", "0.1",
  "yes", "S-1;S-2", "SaaS or PaaS;Boxes", "<b>bold</b>", "line\nline", "123-456-789", "USD", "x".repeat(5000), "__proto__",
); // prettier-ignore
const anything = fc.oneof(
  { weight: 6, arbitrary: telling },
  { weight: 1, arbitrary: fc.jsonValue() as fc.Arbitrary<JsonValue> },
  { weight: 1, arbitrary: fc.double() },
);
const objectOf = (...names: readonly string[]) =>
  fc.record(Object.fromEntries(names.map((name) => [name, anything])), {
    requiredKeys: [],
  }) as fc.Arbitrary<JsonObject>;

const record = fc.record(
  {
    ...Object.fromEntries(
      [
        "Name",
        "Stage",
        "Close",
        "Amount",
        "Currency",
        "Campaign",
        "Solutions",
        "Models",
        "Seats",
        "Public",
        "Problem",
      ].map((name) => [name, anything]),
    ),
    Account: fc.oneof(objectOf("Name", "Industry", "Duns", "Country", "State"), anything),
    Owner: fc.oneof(objectOf("Email"), anything),
    Roles: fc.oneof(fc.array(objectOf("Email", "Phone", "Name"), { maxLength: 5 }), anything),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<JsonObject>;

/** Every path of the payload whose value the model refuses, or that it does not know. */
function refused(value: JsonValue, path: string): readonly string[] {
  const field = dealTarget.writable.get(path);
  if (path !== "" && (field === undefined || isProblem(compileFit(field)(value)))) return [path];
  if (Array.isArray(value)) {
    const tooMany = field !== undefined && fitCount(value.length, field) !== undefined ? [path] : [];
    return [...tooMany, ...value.flatMap((item: JsonValue) => refused(item, `${path}[]`))];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => refused(member, path === "" ? name : `${path}.${name}`));
}

/** Structures of the payload that lack a member which the model requires there. */
function incomplete(value: JsonValue, path: string): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item: JsonValue, index) => incomplete(item, `${path}[${index}]`));
  if (typeof value !== "object" || value === null) return [];
  const within = path === "" ? "" : `${path.replaceAll(/\[\d+\]/gu, "[]")}.`;
  const required = [...dealTarget.writable.values()].filter(
    (field) => field.required && field.path.startsWith(within) && !field.path.slice(within.length).includes("."),
  );
  const lacking = required.map((field) => field.path.slice(within.length)).filter((name) => !(name in value));
  return [
    ...lacking.map((name) => `${path}.${name}`),
    ...Object.entries(value).flatMap(([name, member]) => incomplete(member, path === "" ? name : `${path}.${name}`)),
  ];
}

describe("a mapping over any record", () => {
  it("gives a payload that the target takes, or says with an issue what is missing", () => {
    fc.assert(
      fc.property(record, (given) => {
        const { payload, issues, related } = mapping.run(given);
        const errors = new Set(issues.filter(({ severity }) => severity === "error").map(({ target }) => target));
        expect(refused(payload, "")).toEqual([]);
        expect(incomplete(payload, "").filter((path) => !errors.has(path))).toEqual([]);
        expect(related["Solutions"]?.every((id) => /^S-\d+$/u.test(id)) ?? errors.size > 0).toBe(true);
      }),
      { numRuns: 2000, examples: [[{ Account: { Industry: [false] } }], [{ Amount: "+14155550100" }]] },
    );
  });

  it("changes neither the record nor what it gave before, and gives the same again", () => {
    fc.assert(
      fc.property(record, fc.array(record, { maxLength: 2 }), (given, others) => {
        const before = structuredClone(given);
        const first = mapping.run(given);
        const copy = structuredClone(first);
        for (const other of others) mapping.run(other);
        const second = mapping.run(given);
        expect(given).toEqual(before);
        expect(first).toEqual(copy);
        expect(second).toEqual(first);
        expect(mapping.matches(given)).toBe(mapping.matches(given));
      }),
    );
  });

  it("traces every issue and every source to a rule", () => {
    fc.assert(
      fc.property(record, (given) => {
        const { issues, usedSources } = mapping.run(given);
        for (const { target, rule } of issues) expect(mapping.originOf(target)?.rule.line).toBe(rule.line);
        for (const [path, source] of Object.entries(usedSources))
          expect(mapping.originOf(path)?.sources).toContain(source);
      }),
    );
  });

  it("never shows a value of a sensitive target", () => {
    const secret = "Zyx Wvu Secret";
    const secrets = fc.constantFrom(secret, `${secret}${"!".repeat(30)}`);
    const contact = fc.record({ Email: secrets, Phone: secrets, Name: secrets });
    const account = fc.record({ Name: secrets, Duns: secrets, Country: secrets });
    fc.assert(
      fc.property(
        fc.record({ Account: account, Roles: fc.array(contact), Owner: fc.record({ Email: secrets }) }),
        (given) => {
          expect(JSON.stringify(mapping.run(given).issues)).not.toContain(secret);
        },
      ),
      { numRuns: 50 },
    );
  });
});
