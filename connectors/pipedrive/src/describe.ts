import { type ConnectorContext, FailureError, failureOf, type ObjectSchema } from "@cosell/connector";
import { type CrmObject, crmObject } from "./crm-objects.ts";
import { type Field, fieldsOf, type RawField, rawField, schemaField, userFields } from "./fields.ts";
import { allEntries } from "./pages.ts";
import type { Session } from "./session.ts";
import { keepStages, type Stages } from "./stages.ts";

/** What a record of one object looks like in this company. */
export interface Description {
  readonly object: string;
  readonly label: string;
  readonly fields: readonly Field[];
  readonly relations: CrmObject["relations"];
  /** A field by the name that mappings use, or by its key. */
  field(name: string): Field | undefined;
}

/** Descriptions, asked for once and kept until they are forgotten, or have grown old. */
export interface Descriptions {
  of(object: string): Promise<Description>;
  /** As `of`, but of now: for who looks for a field or an option in vain, which may have come meanwhile. */
  fresh(object: string): Promise<Description>;
  /** The company's fields may have changed. */
  forget(): void;
}

/** How long a description is believed: a new option has a new id, which nobody tells. */
const keptMs = 15 * 60_000;

/** How old a description may be that passes for one of now: many may look in vain at once. */
const freshMs = 60_000;

export function keepDescriptions(session: Session, { clock }: Pick<ConnectorContext, "clock">): Descriptions {
  const kept = new Map<string, { readonly at: number; readonly asked: Promise<Description> }>();
  const stages = keepStages(session);
  const noOlderThan = (milliseconds: number, object: string): Promise<Description> => {
    const known = kept.get(object);
    if (known && clock.now() - known.at <= milliseconds) return known.asked;
    const asked = describeObject(session, object, stages);
    kept.set(object, { at: clock.now(), asked });
    asked.catch(() => kept.delete(object));
    return asked;
  };
  return {
    of: (object) => noOlderThan(keptMs, object),
    fresh: (object) => noOlderThan(freshMs, object),
    forget: () => {
      kept.clear();
    },
  };
}

/** Asks Pipedrive for an object's fields. Throws `missing` for an object that there is not. */
async function describeObject(session: Session, object: string, stages: Stages): Promise<Description> {
  if (object === "users") return description("users", "User", userFields, []);
  const { name, label, title, relations, fields } = crmObject(object);
  try {
    const raw = (await allEntries(session, fields)).map((entry): RawField => rawField.parse(entry));
    const made = fieldsOf(raw, title, name === "deals" ? await stages() : undefined);
    return description(name, label, made, relations);
  } catch (error) {
    if (failureOf(error)) throw error;
    throw new FailureError(
      { kind: "bug", message: `Pipedrive's description of ${object} has an unknown form.` },
      { cause: error },
    );
  }
}

function description(
  object: string,
  label: string,
  fields: readonly Field[],
  relations: CrmObject["relations"],
): Description {
  const byName = new Map(fields.map((field) => [field.name, field]));
  const byKey = new Map(
    fields.filter(({ custom, part }) => custom && part === "value").map((each) => [each.code, each]),
  );
  return { object, label, fields, relations, field: (name) => byName.get(name) ?? byKey.get(name) };
}

/** The description in the contract's words. */
export function schemaOf({ object, label, fields, relations }: Description): ObjectSchema {
  return {
    object,
    label,
    fields: fields.map(schemaField),
    relations: relations.map(({ path, object: leadsTo }) => ({ path, objects: [leadsTo], kind: "one" })),
  };
}
