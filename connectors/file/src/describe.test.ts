import { describe, expect, it } from "@jest/globals";
import { makeFolder } from "./__fixtures__/folder.ts";

describe("describe", () => {
  it("learns from the rows what the configuration does not say", async () => {
    const { connect, close } = await makeFolder({
      "deals.csv":
        "Id,Zip,Amount,Count,Closes,At,Mail,Site,Won,Empty,Stage\n" +
        "1,01234,10.50,7,2026-11-21,2026-11-21T09:00:00Z,a@example.com,https://example.com,true,,Open\n" +
        "2,90210,9,-3,2026-12-01,2026-12-01T10:00:00+01:00,b@example.com,http://example.org/x,FALSE,,Won\n",
    });
    const fields = { Stage: { type: "picklist", values: ["Open", "Won"], label: "Stand" }, Added: { length: 5 } };
    const connection = await connect({ Deal: { file: "deals.csv", key: "Id", fields } });
    const schema = await connection.describe("Deal");
    expect(schema.fields.map(({ name, type }) => `${name} ${type}`)).toEqual([
      ...["Id id", "Zip string", "Amount decimal", "Count integer", "Closes date", "At datetime"],
      ...["Mail email", "Site url", "Won boolean", "Empty string", "Stage picklist", "Added string"],
    ]);
    expect(schema.fields.find(({ name }) => name === "Stage")).toMatchObject({ label: "Stand", restricted: true });
    await close();
  });
});
