import { FailureError } from "@cosell/connector";
import { z } from "zod";
import { apiPaths } from "./api-paths.ts";
import { batches } from "./batches.ts";
import type { Session } from "./session.ts";

/** Most records in one call (HubSpot, "Associations v4"). */
const batch = 1000;

const answer = z.object({
  results: z.array(
    z.object({
      from: z.object({ id: z.string() }),
      to: z.array(
        z.object({
          // A JSON number, or the digits of one that is too long for JavaScript.
          toObjectId: z.union([z.number(), z.string()]).transform(String),
          associationTypes: z.array(z.object({ typeId: z.number(), label: z.string().nullish() })).default([]),
        }),
      ),
      paging: z.object({ next: z.object({ after: z.string() }).optional() }).optional(),
    }),
  ),
});

/** The other end of an association. */
export interface AssociatedRecord {
  readonly id: string;
  readonly isPrimary: boolean;
}

/** The records of `to` that records are associated with, by id. Records without any are not in the answer. */
export async function associatedRecords(
  session: Session,
  { from, to }: { readonly from: string; readonly to: string },
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly AssociatedRecord[]>> {
  const found = new Map<string, AssociatedRecord[]>();
  for (const part of batches(ids, batch)) {
    let inputs: readonly { readonly id: string; readonly after?: string }[] = part.map((id) => ({ id }));
    // A record with many associations tells them in pages.
    while (inputs.length > 0) {
      const body = await session.call({ method: "POST", path: apiPaths.associations(from, to), body: { inputs } });
      const parsed = answer.safeParse(body);
      if (!parsed.success)
        throw new FailureError({
          kind: "transient",
          message: "HubSpot answered with something that is no association.",
        });
      for (const { from: start, to: ends } of parsed.data.results)
        found.set(start.id, [
          ...(found.get(start.id) ?? []),
          ...ends.map(({ toObjectId, associationTypes }) => ({
            id: toObjectId,
            isPrimary: associationTypes.some(({ label }) => label === "Primary"),
          })),
        ]);
      inputs = parsed.data.results.flatMap(({ from: { id }, paging }) =>
        paging?.next ? [{ id, after: paging.next.after }] : [],
      );
    }
  }
  return found;
}
