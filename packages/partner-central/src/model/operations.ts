import type { Shape } from "./service-model.ts";
import { services, type ServiceName } from "./services.ts";

/** One member of an operation's input or output. */
export interface Member {
  /** Path from the root: list items carry `[]`, map values `{}`: `Customer.Contacts[].Email`. */
  readonly path: string;
  readonly type: Shape["type"];
  /** AWS's name of the shape: `Email`, `Date`, `Amount` … */
  readonly shape: string;
  /** Required wherever its parent is present. */
  readonly required: boolean;
  /** AWS's name of its list of values, see {@link enums}. */
  readonly enumName?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  /** A regular expression, anchored, for flag `u`, linear. */
  readonly pattern?: string;
  /** AWS marks it as personal or confidential. */
  readonly sensitive: boolean;
  /** A repeated call with the same value is the same call. */
  readonly idempotencyToken: boolean;
}

/** What one operation takes and gives. */
export interface Operation {
  readonly name: string;
  readonly input: readonly Member[];
  /** Empty: the answer has no body. */
  readonly output: readonly Member[];
  /** Names of the errors that AWS's model lists for it, such as `ConflictException`. */
  readonly errors: readonly string[];
}

/** The version of AWS's Selling API that all facts here belong to. */
export const apiVersion = services.selling.apiVersion;

/** `x-amz-target` is this, a dot, and the operation's name. */
export const targetPrefix = services.selling.targetPrefix;

/** All operations of the Selling API, by name order. */
export const operationNames: readonly string[] = services.selling.operationNames;

/** The member of a list's answer that holds one page of it; `undefined` when the operation has no pages. */
export function listMemberOf(name: string, service: ServiceName = "selling"): string | undefined {
  const { input = [], output = [] } = operationOf(name, service) ?? {};
  if (!input.some(({ path }) => path === "NextToken")) return undefined;
  return output.find(({ path, type }) => type === "list" && !/[.[]/.test(path))?.path;
}

const known = new Map<string, Operation>();

/** The facts of one operation; `undefined` for a name that the service does not have. */
export function operationOf(name: string, service: ServiceName = "selling"): Operation | undefined {
  const { operations } = services[service].model;
  const shapes = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (shapes === undefined) return undefined;
  const key = `${service}.${name}`;
  let operation = known.get(key);
  if (operation === undefined) {
    operation = {
      name,
      input: membersOf(shapes.input, service),
      output: shapes.output === undefined ? [] : membersOf(shapes.output, service),
      errors: shapes.errors,
    };
    known.set(key, operation);
  }
  return operation;
}

/** The shape that AWS's model gives a name to. Throws for a name that the model does not have: the model is wrong. */
function shapeOf(name: string, service: ServiceName = "selling"): Shape {
  const shape = services[service].model.shapes[name];
  if (shape === undefined) throw new TypeError(`The service model has no shape ${name}.`);
  return shape;
}

function membersOf(root: string, service: ServiceName): readonly Member[] {
  const found: Member[] = [];
  below(root, "", found, service);
  return found;
}

/** No shape of these APIs contains itself, so the walk ends. */
function below(name: string, path: string, found: Member[], service: ServiceName): void {
  const shape = shapeOf(name, service);
  if (shape.type === "list") take(shape.item, `${path}[]`, {}, found, service);
  if (shape.type === "map") take(shape.value, `${path}{}`, {}, found, service);
  if (shape.type !== "structure") return;
  for (const [member, memberShape] of Object.entries(shape.members)) {
    const traits = {
      required: shape.required?.includes(member) ?? false,
      idempotencyToken: shape.tokens?.includes(member) ?? false,
    };
    take(memberShape, path === "" ? member : `${path}.${member}`, traits, found, service);
  }
}

function take(name: string, path: string, traits: Partial<Member>, found: Member[], service: ServiceName): void {
  found.push({
    path,
    shape: name,
    required: false,
    idempotencyToken: false,
    sensitive: false,
    ...limitsOf(name, shapeOf(name, service)),
    ...traits,
  });
  below(name, path, found, service);
}

function limitsOf(name: string, shape: Shape): Partial<Member> & Pick<Member, "type"> {
  switch (shape.type) {
    case "string":
      return {
        type: shape.type,
        sensitive: shape.sensitive ?? false,
        ...(shape.enum && { enumName: name }),
        ...(shape.min !== undefined && { minLength: shape.min }),
        ...(shape.max !== undefined && { maxLength: shape.max }),
        ...(shape.pattern !== undefined && { pattern: shape.pattern }),
      };
    case "integer":
      return {
        type: shape.type,
        ...(shape.min !== undefined && { minimum: shape.min }),
        ...(shape.max !== undefined && { maximum: shape.max }),
      };
    case "list":
    case "map":
      return {
        type: shape.type,
        ...(shape.min !== undefined && { minItems: shape.min }),
        ...(shape.max !== undefined && { maxItems: shape.max }),
      };
    default:
      return { type: shape.type };
  }
}
