import type { JsonValue } from "@cosell/connector";
import {
  operationOf,
  type Member,
  type ServiceModel,
  type ServiceName,
  type ValidationCode,
} from "@cosell/partner-central/model";
import { items, shapeOf, type Change } from "./generate.ts";

/** A kind of constraint that a model puts on an input. */
export type ConstraintKind = "required" | "type" | "enum" | "length" | "pattern" | "range" | "list size" | "union";

/** One way to break one constraint of one member, everything else being right. */
export interface Violation {
  readonly kind: ConstraintKind;
  readonly path: string;
  readonly change: Change;
  /** As the Selling API codes it. */
  readonly code: ValidationCode;
}

/** Every violation that an operation's input allows, by kind, in the model's order. */
export function violationsOf(
  operation: string,
  service: ServiceName,
  model: ServiceModel,
): ReadonlyMap<ConstraintKind, readonly Violation[]> {
  const members = operationOf(operation, service)?.input ?? [];
  return Map.groupBy(
    members.flatMap((member) => violationsIn(member, model)),
    ({ kind }) => kind,
  );
}

function violationsIn(member: Member, model: ServiceModel): readonly Violation[] {
  const { path, required, type, enumName, minLength = 0, maxLength, minimum, maximum, minItems = 0, maxItems } = member;
  const broken = (kind: ConstraintKind, code: ValidationCode, value: JsonValue): Violation => ({
    kind,
    path,
    code,
    change: { value },
  });
  const shape = shapeOf(model, member.shape);
  const found: Violation[] = [];
  if (required) found.push({ kind: "required", path, code: "REQUIRED_FIELD_MISSING", change: { remove: true } });
  const wrongType = type === "string" || type === "timestamp" ? 7 : "no such type";
  found.push(broken("type", type === "timestamp" ? "INVALID_STRING_FORMAT" : "INVALID_VALUE", wrongType));
  if (enumName !== undefined) found.push(broken("enum", "INVALID_ENUM_VALUE", "No such value"));
  if (type === "string" && enumName === undefined) {
    if (minLength > 0) found.push(broken("length", "VALUE_OUT_OF_RANGE", "a".repeat(minLength - 1)));
    if (maxLength !== undefined) found.push(broken("length", "VALUE_OUT_OF_RANGE", "a".repeat(maxLength + 1)));
    if (member.pattern !== undefined) found.push(broken("pattern", "INVALID_STRING_FORMAT", mismatch(member)));
  }
  if (minimum !== undefined) found.push(broken("range", "VALUE_OUT_OF_RANGE", minimum - 1));
  if (maximum !== undefined) found.push(broken("range", "VALUE_OUT_OF_RANGE", maximum + 1));
  if (shape.type === "list") {
    if (minItems > 0) found.push(broken("list size", "NOT_ENOUGH_VALUES", items(model, shape.item, minItems - 1)));
    if (maxItems !== undefined)
      found.push(broken("list size", "TOO_MANY_VALUES", items(model, shape.item, maxItems + 1)));
  }
  if (shape.type === "structure" && shape.union === true) found.push(broken("union", "INVALID_VALUE", {}));
  return found;
}

/** A text of a right length that does not match. */
function mismatch({ pattern = "", minLength = 0, maxLength = Infinity, path }: Member): string {
  const expression = new RegExp(pattern, "u");
  const length = Math.min(Math.max(minLength, 3), maxLength);
  const text = ["\n", "!", "a", "1", "\u0000"]
    .map((letter) => letter.repeat(length))
    .find((each) => !expression.test(each));
  if (text === undefined) throw new Error(`No text was found that ${path} does not allow.`);
  return text;
}
