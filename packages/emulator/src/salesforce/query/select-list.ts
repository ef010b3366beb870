import type { FieldType as SelectedField, QueryBase } from "@jetstreamapp/soql-parser-js";
import type { ObjectDefinition } from "../schema/object.ts";
import { malformed } from "./parse.ts";

/** Most records of a query that selects whatever fields there are. */
const most = 200;

/** What a query selects, `FIELDS(ALL)` and its kin written out. Throws `MALFORMED_QUERY`. */
export function selectList(object: ObjectDefinition, { fields = [], limit }: QueryBase): readonly SelectedField[] {
  return fields.flatMap((one): readonly SelectedField[] => {
    if (one.type !== "FieldFunctionExpression" || one.functionName.toUpperCase() !== "FIELDS") return [one];
    const [given] = one.parameters;
    const kind = typeof given === "string" ? given.toUpperCase() : "";
    if (!["ALL", "STANDARD", "CUSTOM"].includes(kind)) throw malformed(`unexpected token: '${kind}'`);
    if (kind !== "STANDARD" && (limit === undefined || limit > most)) {
      throw malformed(`The SOQL FIELDS function must have a LIMIT of at most ${most}`);
    }
    return object.fields
      .filter(({ name }) => kind === "ALL" || name.endsWith("__c") === (kind === "CUSTOM"))
      .map(({ name }) => ({ type: "Field", field: name }));
  });
}
