import { FailureError } from "@cosell/connector";
import type { Relation } from "./crm-objects.ts";
import type { Description, Descriptions } from "./describe.ts";
import type { Field } from "./fields.ts";

/** A path such as `organization.name`, found in the company's fields. */
export interface FieldPath {
  readonly hops: readonly Relation[];
  readonly field: Field;
}

/** Finds a path. Throws `config`, naming path, object and the part that the company does not have. */
export async function resolvePath(descriptions: Descriptions, object: string, path: string): Promise<FieldPath> {
  const segments = path.split(".");
  const hops: Relation[] = [];
  let here = await descriptions.of(object);
  for (const segment of segments.slice(0, -1)) {
    const hop = here.relations.find((relation) => relation.path === segment);
    if (!hop) throw unknownPart(here, "relation", segment, path);
    hops.push(hop);
    here = await descriptions.of(hop.object);
  }
  const name = segments.at(-1) ?? "";
  const field = here.field(name) ?? (await descriptions.fresh(here.object)).field(name);
  if (!field) throw unknownPart(here, "field", name, path);
  return { hops, field };
}

/** A field that a write names. Throws `config`. */
export function writtenField(here: Description, name: string): Field {
  const field = here.field(name);
  if (!field) throw unknownPart(here, "field", name, name);
  if (field.writable) return field;
  const message = `Pipedrive sets '${name}' of ${here.object} itself: take it out of the mapping's inbound part.`;
  throw new FailureError({ kind: "config", message });
}

function unknownPart(here: Description, kind: "field" | "relation", part: string, path: string): FailureError {
  const names = kind === "field" ? here.fields.map(({ name }) => name) : here.relations.map((each) => each.path);
  const plain = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, "");
  const meant = names.find((name) => plain(name) === plain(part));
  return new FailureError({
    kind: "config",
    code: "INVALID_FIELD",
    message:
      `Pipedrive shows no ${kind} '${part}' on ${here.object}${path === part ? "" : ` (path '${path}')`}. ` +
      (meant === undefined
        ? "It is misspelt or was deleted; a custom field goes by its name in lower case, with _ between the words."
        : `Write '${meant}'.`),
  });
}
