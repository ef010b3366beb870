import { describe, expect, it } from "@jest/globals";
import { failureOf } from "@cosell/connector";
import fc from "fast-check";
import { dealSchema } from "../__fixtures__/deal-schema.ts";
import { dealTarget } from "../__fixtures__/deal-target.ts";
import { head } from "../__fixtures__/mapping-of.ts";
import { checkMapping } from "../check/check-mapping.ts";
import { compileMapping } from "../compile/compile-mapping.ts";
import { loadMapping } from "./load-mapping.ts";

const text = `${head}
match: { all: [{ Shared__c: { eq: true } }, { not: { StageName: { in: [Closed Lost] } } }] }
tables:
  stage: { outbound: { Prospecting: Prospect, Closed Won: Launched }, inbound: { Launched: Closed Won }, otherwise: error }
outbound:
  Customer.Account.CompanyName: { from: [Account.Name, Name], required: true, write: once }
  Customer.Contacts: { each: Roles.records, fields: { Email: { from: Contact.Email, steps: [trim, lower] } } }
  Project.Title: { template: "{Account.Name} - {Name}", steps: [{ truncate: 40 }], when: { Amount: { gt: 10 } } }
  Project.ExpectedCustomerSpend: { list: [{ Amount: { from: Amount, steps: [{ divide: 12 }] }, CurrencyCode: { const: USD } }] }
  LifeCycle.Stage: { from: StageName, table: stage, default: Prospect }
  Marketing.Source: { choose: [{ when: { Loss_Reason__c: { exists: true } }, const: None }, { const: None }] }
inbound:
  StageName: { from: LifeCycle.Stage, table: stage }
leftOut: { Project.Seats: Not known. }
authority: { default: ask, LifeCycle.Stage: aws }
`;

/** Pieces that mean something to YAML or to the language. */
const piece = fc.constantFrom(
  "", " ", "\n", "\t", "{", "}", "[", "]", ":", ",", "- ", "&a ", "*a", "!!binary ", "? ", "|", '"', "'", "#", "null", "~", "1.0", "true",
  "from", "each", "fields", "__proto__", "constructor", "[]", ".", "$record.", "{{", "\u0000", "\ud83d", "%YAML 1.1\n---\n",
); // prettier-ignore
const slip = fc.record({ at: fc.nat(text.length), length: fc.nat(12), piece });

describe("a mapping with any slips of the pen", () => {
  it("is read, checked and compiled without a crash, and every finding has its place", () => {
    fc.assert(
      fc.property(fc.array(slip, { minLength: 1, maxLength: 3 }), (slips) => {
        const written = slips.reduce(
          (before, { at, length, piece: inserted }) => before.slice(0, at) + inserted + before.slice(at + length),
          text,
        );
        const { document, findings } = loadMapping({ file: "deal.yaml", text: written });
        const options = { target: dealTarget, schema: dealSchema };
        const all = [...findings, ...(document === undefined ? [] : checkMapping(document, options))];
        const lines = written.split("\n").length;
        for (const { line, column } of all) {
          expect(line >= 1 && line <= lines).toBe(true);
          expect(column).toBeGreaterThanOrEqual(1);
        }
        expect(document !== undefined || all.length > 0).toBe(true);
        if (document === undefined) return;
        try {
          compileMapping(document, options).run({ Name: "A", Amount: 12, Roles: { records: [{}] } });
        } catch (error) {
          expect(failureOf(error)?.kind).toBe("config");
        }
      }),
      { numRuns: 500, examples: [[[{ at: text.indexOf("Deal"), length: 4, piece: "constructor" }]]] },
    );
  });
});
