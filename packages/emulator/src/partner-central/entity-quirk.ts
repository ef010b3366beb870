import { isJsonObject, type JsonObject, type JsonValue } from "../kernel/index.ts";

/** The members whose text AWS has been seen to answer with double-encoded entities, or may: free text and use cases. */
const texts = new Set([
  "AdditionalComments",
  "CampaignName",
  "CompanyName",
  "CustomerBusinessProblem",
  "CustomerUseCase",
  "NextSteps",
  "OtherCompetitorNames",
  "OtherSolutionDescription",
  "Title",
  "UseCases",
]);

/** A copy in which `&` is `&amp;` and `:` is `&amp;colon;`, in free texts and use cases. */
export function withDoubleEncodedEntities(answer: JsonObject): JsonObject {
  return encoded(answer, false) as JsonObject;
}

function encoded(value: JsonValue, isText: boolean): JsonValue {
  if (typeof value === "string") return isText ? value.replaceAll("&", "&amp;").replaceAll(":", "&amp;colon;") : value;
  if (isJsonObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, encoded(inner, texts.has(name))]));
  }
  return Array.isArray(value) ? (value as readonly JsonValue[]).map((item) => encoded(item, isText)) : value;
}
