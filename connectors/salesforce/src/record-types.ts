import { failureOf, type ObjectSchema } from "@cosell/connector";
import { z } from "zod";
import type { Description } from "./describe.ts";
import type { Session } from "./session.ts";

/** What each picklist offers, by field. */
type Offered = ReadonlyMap<string, ReadonlySet<string>>;

const picklistValues = z.object({
  picklistFieldValues: z.record(z.string(), z.object({ values: z.array(z.object({ value: z.string() })) })),
});

/**
 * A schema in which a picklist value is active only where a record type offers it that the user may give to new records:
 * stages of a sales process that belongs to others are refused, and describe alone does not tell. One call per record type.
 */
export async function narrowToRecordTypes(
  session: Session,
  { name, recordTypeInfos }: Description,
  schema: ObjectSchema,
): Promise<ObjectSchema> {
  const usable = recordTypeInfos.filter(({ active, available }) => active && available);
  const types = usable.filter(({ master }) => !master);
  // Where new records are of no type they take every value.
  if (types.length === 0 || usable.some((type) => type.master && type.defaultRecordTypeMapping)) return schema;
  const offers: Offered[] = [];
  for (const { recordTypeId } of types) {
    const offered = await offeredBy(session, name, recordTypeId);
    if (!offered) return schema;
    offers.push(offered);
  }
  return { ...schema, fields: schema.fields.map((field) => narrowed(field, offers)) };
}

function narrowed(field: ObjectSchema["fields"][number], offers: readonly Offered[]): ObjectSchema["fields"][number] {
  const { name, picklist } = field;
  if (!picklist || !offers.every((offered) => offered.has(name))) return field;
  const isOffered = (value: string): boolean => offers.some((offered) => offered.get(name)?.has(value));
  return {
    ...field,
    picklist: picklist.map((entry) => ({ ...entry, active: entry.active && isOffered(entry.value) })),
  };
}

/** `undefined` where the UI API does not serve the object, or not to this user: the describe's own values stand then. */
async function offeredBy(session: Session, object: string, recordTypeId: string): Promise<Offered | undefined> {
  const path = `/ui-api/object-info/${encodeURIComponent(object)}/picklist-values/${recordTypeId}`;
  try {
    const parsed = picklistValues.safeParse(await session.call({ method: "GET", path }));
    if (!parsed.success) return undefined;
    return new Map(
      Object.entries(parsed.data.picklistFieldValues).map(([field, { values }]) => [
        field,
        new Set(values.map(({ value }) => value)),
      ]),
    );
  } catch (error) {
    const kind = failureOf(error)?.kind;
    if (kind === "missing" || kind === "permission" || kind === "invalid") return undefined;
    throw error;
  }
}
