import type { StateStore, UnsettledField } from "@cosell/state";
import type { ConfiguredSync } from "../configuration/configuration.ts";
import { isNamed } from "../views/unsettled-fields.ts";
import { findLink } from "./find-link.ts";

/** Which fields are meant. */
export interface UnsettledFilter {
  readonly kind: "deferred" | "conflict" | "held";
  /** Only these deals, by CRM record or opportunity. */
  readonly record?: readonly string[];
  /** Only these fields, by AWS path or CRM field. */
  readonly field?: readonly string[];
}

/** The fields of a sync that are not agreed, oldest link first. @throws FailureError `missing` for a record that it does not know */
export async function collectUnsettled(
  store: StateStore,
  sync: ConfiguredSync,
  { kind, record, field }: UnsettledFilter,
): Promise<readonly UnsettledField[]> {
  const links = record && (await Promise.all(record.map((one) => findLink(store, [sync], one))));
  const filters = links?.map(({ link }) => ({ linkId: link.id })) ?? [{}];
  const found: UnsettledField[] = [];
  for (const filter of filters) {
    for await (const one of store.unsettled({ sync: sync.name, kind, ...filter })) {
      if (field === undefined || field.some((name) => isNamed(one.state, name))) found.push(one);
    }
  }
  return found;
}
