import { isJsonObject, type JsonObject, type JsonValue } from "../kernel/index.ts";
import type { Place } from "./call.ts";
import { textAt } from "../partner-central-shared/paths.ts";
import { invalidBusiness } from "./refusal.ts";
import type { EngagementContext } from "./state.ts";
import { nanoseconds } from "../partner-central-shared/timestamps.ts";

/** A context as it is sent, made whole: an interaction without a date happened now. Throws when type and payload differ. */
export function contextOf(place: Place, sent: JsonObject, path = ""): Omit<EngagementContext, "Id"> {
  const Type = textAt(sent, "Type") ?? "";
  const Payload = isJsonObject(sent.Payload) ? sent.Payload : {};
  assertPayload(Type, Payload, `${path}Payload`);
  if (!isJsonObject(Payload.Lead)) return { Type, Payload };
  const interactions = listAt(Payload.Lead, "Interactions").map((each) => dated(place, each));
  return { Type, Payload: { Lead: { ...Payload.Lead, Interactions: interactions } } };
}

/** A context after an update. A project is replaced; of a lead, what is sent is replaced, and an interaction is added. */
export function updatedContext(place: Place, context: EngagementContext, sent: JsonObject): EngagementContext {
  assertPayload(context.Type, sent, "Payload");
  const [before, change] = [context.Payload.Lead, sent.Lead];
  if (!isJsonObject(before) || !isJsonObject(change)) return { ...context, Payload: sent };
  const { Interaction, ...rest } = change;
  const added = isJsonObject(Interaction) ? [dated(place, Interaction)] : [];
  const Interactions = [...listAt(before, "Interactions"), ...added];
  if (Interactions.length > 10) {
    throw invalidBusiness("The lead has as many interactions as it can have.", [
      { FieldName: "Payload.Lead.Interaction", Code: "TOO_MANY_VALUES", Message: "A lead has up to 10 interactions." },
    ]);
  }
  return { ...context, Payload: { Lead: { ...before, ...rest, Interactions } } };
}

function assertPayload(type: string, payload: JsonObject, path: string): void {
  const given = Object.entries(payload).flatMap(([name, value]) => (isJsonObject(value) ? [name] : []));
  if (given.length === 1 && given[0] === type) return;
  throw invalidBusiness("The context's payload is not of its type.", [
    { FieldName: path, Code: "INVALID_VALUE", Message: `Exactly one member is needed: ${type}.` },
  ]);
}

function dated({ now, state }: Place, interaction: JsonObject): JsonObject {
  return { ...interaction, InteractionDate: interaction.InteractionDate ?? nanoseconds(now, state.issued) };
}

function listAt(object: JsonObject, member: string): readonly JsonObject[] {
  const list = object[member];
  return Array.isArray(list) ? (list as readonly JsonValue[]).filter(isJsonObject) : [];
}
