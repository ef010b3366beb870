import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { isMap, parseDocument } from "yaml";
import { hashOf } from "../compile/hash.ts";
import { loadMapping } from "./load-mapping.ts";

const base = `
version: 1
id: testcrm.deal
crm: { connector: testcrm, object: Deal }
link: { opportunityId: Opportunity_Id__c }
match: { all: [{ Shared__c: { eq: true } }, { not: { StageName: { in: [Closed Lost] } } }] }
tables:
  stage: { outbound: { Prospecting: Prospect, "007": Launched, "1.0": Launched }, inbound: { Launched: "007" }, otherwise: error }
  type: { outbound: { New: Net New Business, Old: Expansion }, otherwise: { value: Expansion } }
outbound:
  Customer.Account.CompanyName: { from: [Account.Name, Name], required: true, write: once }
  Customer.Contacts: { each: Roles.records, fields: { Email: { from: Contact.Email, steps: [trim, lower] } } }
  Project.Title: { template: "{Account.Name} - {Name}", steps: [{ truncate: 40 }], when: { Amount: { gt: 1.0 } } }
  LifeCycle.Stage: { from: StageName, table: stage, default: Prospect }
  NationalSecurity: { const: no }
inbound:
  StageName: { from: LifeCycle.Stage, table: stage }
  CloseDate: { from: LifeCycle.TargetCloseDate, steps: [date] }
leftOut: { Project.Seats: Not known., Project.Public: Not asked. }
authority: { default: ask, LifeCycle.Stage: aws }
`;

/** Everything that is laid over entry by entry, inner maps first. */
const maps = [
  ["tables", "stage", "outbound"], ["tables", "stage", "inbound"], ["tables", "stage"], ["tables", "type", "outbound"], ["tables", "type"],
  ["tables"], ["outbound"], ["inbound"], ["leftOut"], ["authority"], [],
]; // prettier-ignore

/** An overlay of those entries of the base that are picked. */
function overlayOf(picks: readonly boolean[]): string {
  const document = parseDocument(base);
  let place = 0;
  for (const path of maps) {
    const map = path.length === 0 ? document.contents : document.getIn(path);
    if (isMap(map)) map.items = map.items.filter(() => picks[place++ % picks.length]);
  }
  return `extends: base.yaml\n${isMap(document.contents) && document.contents.items.length === 0 ? "" : String(document)}`;
}

describe("an overlay of any parts of its base", () => {
  it("changes nothing", () => {
    const plain = loadMapping({ file: "base.yaml", text: base });
    expect(plain.findings).toEqual([]);
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: 40 }), (picks) => {
        const text = overlayOf(picks);
        const { document, findings } = loadMapping({
          file: "own.yaml",
          text,
          resolve: (file) => ({ file, text: base }),
        });
        expect(findings).toEqual([]);
        expect(document && hashOf(document)).toBe(plain.document && hashOf(plain.document));
      }),
    );
  });
});
