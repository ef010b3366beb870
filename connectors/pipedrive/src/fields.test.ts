import { describe, expect, it } from "@jest/globals";
import { valueOf } from "./field-values.ts";
import { fieldsOf, nameFrom, type RawField } from "./fields.ts";

const own = (field_code: string, field_type: string): RawField => ({
  ...{ field_code, field_type, field_name: field_code, is_custom_field: false },
});
const custom = (field_name: string, digit: string, more: Partial<RawField> = {}): RawField => ({
  ...{ field_name, field_code: digit.repeat(40), field_type: "varchar", is_custom_field: true },
  ...more,
});
const namesOf = (...raw: readonly RawField[]): readonly string[] => fieldsOf(raw, "title").map(({ name }) => name);

describe("nameFrom", () => {
  it.each([
    ["AWS Co-Sell", "aws_co_sell"],
    ["  Größe (m²) ", "große_m2"],
    ["100 % öffentlich", "100_offentlich"],
    ["***", ""],
  ])("calls %j %j", (label, name) => {
    expect(nameFrom(label)).toBe(name);
  });
});

describe("fieldsOf", () => {
  it("calls fields that would share a name by their keys, and so those that would take a name of Pipedrive's", () => {
    expect(namesOf(own("title", "varchar"), custom("Title", "a"))).toEqual(["title", "a".repeat(40)]);
    expect(namesOf(custom("Region", "a"), custom("region!", "b"))).toEqual(["a".repeat(40), "b".repeat(40)]);
    expect(namesOf(custom("Organization", "c"), custom("***", "d"))).toEqual(["c".repeat(40), "d".repeat(40)]);
  });

  it("tells two options of one label apart, and says words where the API does", () => {
    const options = [
      { id: 7, label: "Other" },
      { id: 9, label: "Other" },
    ];
    const [field] = fieldsOf([custom("Reason", "a", { field_type: "enum", options })], "title");
    expect(field?.options?.map(({ label }) => label)).toEqual(["Other", "Other (9)"]);
    const [status] = fieldsOf([{ ...own("status", "status"), options: [{ id: "open", label: "Open" }] }], "title");
    expect(status?.options?.map(({ label }) => label)).toEqual(["open"]);
  });

  it("tells an option that was deleted by its id, so that the value does not vanish", () => {
    const [field] = fieldsOf([custom("Reason", "a", { field_type: "enum", options: [] })], "title");
    expect(field && valueOf(field, { custom_fields: { ["a".repeat(40)]: 12 } })).toBe("12");
  });
});
