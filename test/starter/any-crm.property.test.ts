import { expect, it } from "@jest/globals";
import type { CrmField, CrmFieldType, CrmRelation, SchemaSnapshot } from "@cosell/connector";
import { checkMapping, formatFinding, loadMapping } from "@cosell/core";
import { partnerCentralTarget as target } from "@cosell/partner-central";
import fc from "fast-check";
import { starterMapping } from "../../packages/cli/src/mapping/init/starter-mapping.ts";
import { usualContactNames, usualInbound, usualNames } from "../../packages/cli/src/mapping/init/usual-names.ts";

const types = [
  ...["id", "string", "text", "html", "email", "phone", "url", "integer", "decimal", "currency", "percent"],
  ...["boolean", "date", "datetime", "picklist", "multipicklist", "reference", "other"],
] as readonly CrmFieldType[];

/** Words that CRMs have, and words that YAML and paths stumble over. */
const word = fc.oneof(
  fc.constantFrom("Closed Won", "Prospect", "Other", "no", "1.0", "~", "null", "a: b", "- x", "# c", "{", "'", '"q"', "US", "x\ny", "*a", "@", "__proto__", ""),
  fc.string({ unit: "binary", maxLength: 10 }),
); // prettier-ignore
const usual = [...usualNames, ...usualContactNames, ...usualInbound].flatMap(({ names }) => names);
const name = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...usual, "AWS_Opportunity_Id", "amount", "currency", "cosell", "name") },
  fc.constantFrom("Deal name", "Größe", "a.b", "constructor", "null", "1.0", "x[]", "{a}", "$record", "Project_Titel"),
);

const field: fc.Arbitrary<CrmField> = fc
  .record({
    ...{ name, label: word, type: fc.constantFrom(...types), length: fc.integer({ min: 1, max: 70_000 }) },
    ...{ required: fc.boolean(), creatable: fc.boolean(), updatable: fc.boolean(), restricted: fc.boolean() },
    picklist: fc.uniqueArray(fc.record({ value: word, label: word, active: fc.boolean() }), {
      maxLength: 6,
      selector: ({ value }) => value,
    }),
  })
  .map(({ picklist, ...each }) => (each.type.endsWith("picklist") ? { ...each, picklist } : each));
const fields = fc.uniqueArray(field, { maxLength: 25, selector: (each) => each.name });

const relationsTo = (...objects: readonly string[]): fc.Arbitrary<readonly CrmRelation[]> =>
  fc.uniqueArray(
    fc.record({
      path: fc.constantFrom("Account", "company", "Owner", "contacts", "Contact", "Contacts.records", "deal owner"),
      kind: fc.constantFrom("one", "many"),
      objects: fc.constantFrom(...objects).map((object) => [object]),
    }),
    { maxLength: 4, selector: ({ path }) => path },
  );

const schema: fc.Arbitrary<SchemaSnapshot> = fc
  .record({
    connector: fc.constantFrom("tiny", "acme-crm", "no", "1.0"),
    object: fc.constantFrom("Deal", "2-1234", "1e3", "null", "deal pipeline", "Größe"),
    deal: fc.record({ fields, relations: relationsTo("other", "third") }),
    other: fc.record({ fields, relations: relationsTo("third") }),
    third: fields,
  })
  .map(({ connector, object, deal, other, third }) => ({
    connector,
    object,
    objects: {
      [object]: { object, label: "Deal", ...deal },
      other: { object: "other", label: "Other", ...other },
      third: { object: "third", label: "Third", fields: third, relations: [] },
    },
  }));

it("the first mapping for any CRM has no error but a field that is yet to be made", () => {
  fc.assert(
    fc.property(schema, (crm) => {
      const { text, lacking } = starterMapping(crm, target);
      const { document, findings } = loadMapping({ file: "starter.yaml", text });
      const meant = document === undefined ? [] : checkMapping(document, { target, schema: crm });
      const errors = [...findings, ...meant].filter(({ severity }) => severity === "error").map(formatFinding);
      expect(errors.filter((error) => !lacking.some((each) => error.includes(each)))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
