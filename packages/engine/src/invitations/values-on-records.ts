import { type Failure, FailureError, type JsonValue } from "@cosell/connector";
import { valueAt } from "@cosell/core";
import { failureFrom } from "../failures.ts";
import type { EngineOptions } from "../engine.ts";
import type { InboxInvitation } from "@cosell/state";
import type { InvitationRecord, InvitationSettings } from "./settings.ts";

/**
 * The values of one path on the records that invitations became, by invitation. One read of the CRM per batch of
 * records, whatever their number. A path that cannot be read has no values; a CRM that stumbles has none either, and is
 * asked again in the next run, unless the caller must know (`sure`): then that is thrown.
 */
export async function valuesOnRecords(
  invitations: readonly InboxInvitation[],
  pathOf: (use: InvitationRecord) => string | undefined,
  settings: InvitationSettings,
  { sync, logger }: EngineOptions,
  { sure = false }: { readonly sure?: boolean } = {},
): Promise<ReadonlyMap<string, JsonValue>> {
  const values = new Map<string, JsonValue>();
  for (const use of settings.records) {
    const path = pathOf(use);
    const own = invitations.filter(({ data, crmRef }) => crmRef !== undefined && use.mapping.matches(data));
    if (path === undefined || own.length === 0) continue;
    const size = sync.capabilities.readBatch;
    for (let start = 0; start < own.length; start += size) {
      const batch = own.slice(start, start + size);
      const refs = batch.map(({ crmRef }) => crmRef ?? "");
      try {
        const read = await sync.connection.read({ object: use.mapping.crm.object, refs, fields: [path] });
        for (const [index, { id }] of batch.entries()) {
          const result = read[index];
          const value = result?.status === "found" ? valueAt(result.record, path) : undefined;
          if (value !== undefined && value !== null) values.set(id, value);
        }
      } catch (error) {
        const failure = failureFrom(error);
        if (sure && !lasts(failure)) throw new FailureError(failure, { cause: error });
        logger.warn("could not read what sellers decided", { path, kind: failure.kind });
      }
    }
  }
  return values;
}

/** The deals that leads have become, by invitation. */
export async function dealsOfLeads(
  leads: readonly InboxInvitation[],
  settings: InvitationSettings,
  options: EngineOptions,
  how?: { readonly sure?: boolean },
): Promise<ReadonlyMap<string, string>> {
  const named = await valuesOnRecords(leads, ({ becomes }) => becomes, settings, options, how);
  return new Map(
    [...named].flatMap(([id, value]): [string, string][] =>
      typeof value === "string" && value !== "" ? [[id, options.sync.connection.canonicalRef(value)]] : [],
    ),
  );
}

function lasts({ kind }: Failure): boolean {
  return kind === "config" || kind === "invalid" || kind === "permission" || kind === "missing";
}
