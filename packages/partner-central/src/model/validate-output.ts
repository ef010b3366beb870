import { selling } from "./generated/selling.ts";
import type { ServiceModel } from "./service-model.ts";
import { shapeErrors, type ValidationError } from "./shape-errors.ts";

/** An answer, without HTTP. */
export interface OperationAnswer {
  /** HTTP status: 200 is a success, all else an error. */
  readonly status: number;
  /** The JSON that was sent; absent: an empty body. */
  readonly body?: unknown;
}

/** An error that the service sends although the model does not list it for the operation. */
export interface UnlistedError {
  /** Its name without the namespace. */
  readonly error: string;
  /** The operations that send it. Absent: any of them. */
  readonly operations?: readonly string[];
  readonly source: string;
  readonly unofficial: boolean;
}

/** Errors beyond what AWS's models list. */
export const unlistedErrors: readonly UnlistedError[] = [
  ...[
    "ExpiredTokenException",
    "IncompleteSignatureException",
    "InvalidSignatureException",
    "SerializationException",
    "UnknownOperationException",
    "UnrecognizedClientException",
  ].map((error) => ({ error, source: "AWS common errors, which no service's model lists", unofficial: false })),
  {
    error: "ConflictException",
    operations: ["AssociateOpportunity"],
    source: "Community projects: for an entity that is associated already",
    unofficial: true,
  },
];

/** A place where AWS's own answers, or its own model elsewhere, contradict the model of an answer: not looked at there. */
export interface OutputQuirk {
  /** The end of the place, items of lists as `[]`. */
  readonly path: string;
  /** Absent: in any answer. */
  readonly operations?: readonly string[];
  readonly why: string;
  readonly source: string;
  readonly unofficial: boolean;
}

const recorded = "AWS sample repository, recorded answers";
const incompleteProject =
  "An engagement's project is made of an opportunity, which may lack what the project requires.";

/** All of them. A new one needs a source that has seen AWS answer so, or a contradiction within the model. */
export const outputQuirks: readonly OutputQuirk[] = [
  {
    path: "Arn",
    operations: ["CreateEngagementInvitation"],
    why: "The model wants an ARN with an account; AWS sends one with the region and the catalog, as everywhere else.",
    source: recorded,
    unofficial: false,
  },
  {
    path: "OpportunityInvitation.ReceiverResponsibilities",
    why: "Required by the model, null in a referral by AWS.",
    source: recorded,
    unofficial: false,
  },
  {
    path: "AwsProducts[].ProductCode",
    why: "Required by the model, null beside a ServiceCode.",
    source: recorded,
    unofficial: false,
  },
  {
    path: "RelatedEntityIdentifiers.AwsMarketplaceOffers[]",
    why: "The model wants an ARN; AWS gives back the offer's id where it was associated by that.",
    source: recorded,
    unofficial: false,
  },
  {
    path: "Engagements[].EngagementContextId",
    operations: ["GetProspectingFromEngagementTask"],
    why: "The model wants ctx- and fourteen characters; a context's id has one to three everywhere else in the model.",
    source: "Service model",
    unofficial: true,
  },
  {
    path: "Tags",
    operations: ["ListTagsForResource"],
    why: "Required by the model, and with at least one tag; a resource may have none.",
    source: "Service model",
    unofficial: true,
  },
  ...["Customer.WebsiteUrl", "Project.BusinessProblem", "Project.TargetCompletionDate"].map((member) => ({
    path: `Payload.CustomerProject.${member}`,
    why: incompleteProject,
    source: "Cosell's reading; no source shows such an engagement",
    unofficial: true,
  })),
];

/**
 * Everything in an answer that AWS's model does not know: wrong types, values outside the lists, patterns and lengths, a
 * required member that is missing or null, members and errors that the operation does not have. A null for any other
 * member is as AWS sends it, and so is what {@link outputQuirks} names. Empty: the answer is one that AWS could give. An operation that does not exist may only fail.
 */
export function validateOutput(
  operation: string,
  answer: OperationAnswer,
  model: ServiceModel = selling,
): readonly ValidationError[] {
  const shapes = Object.hasOwn(model.operations, operation) ? model.operations[operation] : undefined;
  if (answer.status !== 200) return errorProblems(operation, answer.body, shapes?.errors ?? [], model);
  if (shapes === undefined) return [problem("", "There is no such operation.")];
  if (shapes.output === undefined) return answer.body === undefined ? [] : [problem("", "Must have no body.")];
  if (answer.body === undefined) return hasMembers(model, shapes.output) ? [problem("", "Must have a body.")] : [];
  return errorsOf(shapes.output, answer.body, model).filter(({ fieldName }) => !isQuirk(operation, fieldName));
}

function isQuirk(operation: string, fieldName: string): boolean {
  const place = `.${fieldName.replaceAll(/\[\d+\]/g, "[]")}`;
  return outputQuirks.some(
    ({ path, operations }) => place.endsWith(`.${path}`) && (operations?.includes(operation) ?? true),
  );
}

/** `__type` names the error; the rest of the body is its members. */
function errorProblems(
  operation: string,
  body: unknown,
  listed: readonly string[],
  model: ServiceModel,
): readonly ValidationError[] {
  const { __type: type, ...members } = (typeof body === "object" ? { ...body } : {}) as Record<string, unknown>;
  const name = typeof type === "string" ? type.slice(type.indexOf("#") + 1) : undefined;
  if (name === undefined) return [problem("__type", "Must name the error.")];
  const unlisted = unlistedErrors.some(
    ({ error, operations }) => error === name && (operations?.includes(operation) ?? true),
  );
  if (!listed.includes(name) && !unlisted) return [problem("__type", `${operation} does not list ${name}.`)];
  return Object.hasOwn(model.shapes, name) ? errorsOf(name, members, model) : [];
}

function errorsOf(shape: string, value: unknown, model: ServiceModel): readonly ValidationError[] {
  return shapeErrors(shape, value, { model, closed: new Map(), unknownMembers: "wrong" });
}

function hasMembers(model: ServiceModel, name: string): boolean {
  const shape = model.shapes[name];
  return shape?.type === "structure" && Object.keys(shape.members).length > 0;
}

function problem(fieldName: string, message: string): ValidationError {
  return { fieldName, code: "INVALID_VALUE", message };
}
