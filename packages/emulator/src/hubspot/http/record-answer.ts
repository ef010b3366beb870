import type { HubspotRecord } from "../document.ts";
import type { Portal } from "../portal.ts";
import { typesBetween } from "../schema/association-types.ts";
import type { ObjectDefinition } from "../schema/objects.ts";
import type { PropertyDefinition } from "../schema/property.ts";

/** What of a record is asked for. */
export interface Wanted {
  readonly properties: readonly string[];
  readonly withHistory?: readonly string[];
  readonly associations?: readonly string[];
}

/** How often the choices of multiple checkboxes were told: decides about their order. */
const reads = new WeakMap<Portal, number>();

/** A record as an answer has it: what was asked for, as text or null. Properties that do not exist are passed over. */
export function recordAnswer(portal: Portal, object: ObjectDefinition, record: HubspotRecord, wanted: Wanted): object {
  const names = wanted.properties.length > 0 ? [...wanted.properties, ...identity(object)] : object.usual;
  const properties = Object.fromEntries(
    [...new Set(names)].flatMap((name) => {
      const definition = portal.schema().property(object, name);
      return definition ? [[name, told(portal, definition, record.properties[name] ?? null)] as const] : [];
    }),
  );
  const { withHistory = [], associations = [] } = wanted;
  return {
    id: record.id,
    properties,
    ...(withHistory.length > 0 && {
      propertiesWithHistory: Object.fromEntries(
        withHistory.map((name) => [
          name,
          [{ value: record.properties[name] ?? "", timestamp: record.updatedAt, sourceType: "INTEGRATION" }],
        ]),
      ),
    }),
    createdAt: record.createdAt,
    updatedAt: record.updatedAt,
    archived: record.archived,
    ...(record.archivedAt !== undefined && { archivedAt: record.archivedAt }),
    ...(associations.length > 0 && { associations: associationsOf(portal, object, record, associations) }),
    url: `https://${portal.own().uiDomain}/contacts/${portal.own().portalId}/record/${object.typeId}/${record.id}`,
  };
}

const identity = ({ stamp }: ObjectDefinition): readonly string[] => ["createdate", stamp, "hs_object_id"];

function associationsOf(
  portal: Portal,
  object: ObjectDefinition,
  { id }: HubspotRecord,
  names: readonly string[],
): object {
  return Object.fromEntries(
    names.flatMap((name) => {
      const to = portal.schema().object(name);
      const ends = portal.associations.of({ object: object.name, id }, to.name);
      const types = new Map(typesBetween(object.name, to.name).map(({ typeId, label }) => [typeId, label]));
      const results = [...ends].flatMap(([toId, typeIds]) =>
        [...typeIds].map((typeId) => ({
          id: toId,
          type: `${object.singular}_to_${to.singular}${types.get(typeId) === "Primary" ? "" : "_unlabeled"}`,
        })),
      );
      return results.length === 0 ? [] : [[to.name, { results }]];
    }),
  );
}

function told(
  portal: Portal,
  { type, fieldType, externalOptions }: PropertyDefinition,
  value: string | null,
): string | null {
  const { shuffleCheckboxes, floatNoise } = portal.settings();
  if (value === null) return null;
  if (type === "number" && floatNoise && /\.\d*[1-9]/.test(value)) return Number(value).toFixed(20);
  if (fieldType !== "checkbox" || externalOptions || !shuffleCheckboxes || !value.includes(";")) return value;
  const turn = (reads.get(portal) ?? 0) + 1;
  reads.set(portal, turn);
  const values = value.split(";");
  return [...values.slice(turn % values.length), ...values.slice(0, turn % values.length)].join(";");
}
