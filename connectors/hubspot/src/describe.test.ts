import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { readFileSync } from "node:fs";
import { type EmulatedPortal, startEmulatedPortal } from "./__fixtures__/emulated-portal.ts";

let emulated: EmulatedPortal;
beforeEach(async () => {
  emulated = await startEmulatedPortal();
});
afterEach(() => emulated.close());

/** The schema that shipped mappings are checked against without a portal. */
const snapshot = JSON.parse(
  readFileSync(new URL("../../../mappings/snapshots/hubspot.deals.json", import.meta.url), "utf8"),
) as {
  readonly objects: Readonly<
    Record<
      string,
      {
        readonly fields: readonly {
          readonly name: string;
          readonly type: string;
          readonly required: boolean;
          readonly unique?: boolean;
          readonly creatable: boolean;
        }[];
      }
    >
  >;
};

describe("describe", () => {
  it.each(["deals", "companies", "contacts", "owners"])(
    "tells of %s what the shipped snapshot says",
    async (object) => {
      const { fields } = await emulated.connection.describe(object);
      const described = new Map(fields.map((field) => [field.name, field]));
      const differences = (snapshot.objects[object]?.fields ?? []).filter(
        ({ name, type, required, unique, creatable }) => {
          const own = described.get(name);
          // HubSpot does not tell whole numbers from others.
          const sameType = own?.type === type || (type === "integer" && own?.type === "decimal");
          return !own || !sameType || own.required !== required || own.unique !== unique || own.creatable !== creatable;
        },
      );
      expect(differences.map(({ name }) => `${name}: ${JSON.stringify(described.get(name))}`)).toEqual([]);
    },
  );

  it("takes stages and pipelines from the pipelines, since the properties have none", async () => {
    const { fields, relations } = await emulated.connection.describe("deals");
    const values = (name: string): readonly string[] | undefined =>
      fields.find((field) => field.name === name)?.picklist?.map(({ value }) => value);
    expect(values("pipeline")).toEqual(["default"]);
    expect(values("dealstage")).toContain("closedwon");
    expect(relations.map(({ path }) => path)).toEqual(["company", "contacts", "owner"]);
  });
});
