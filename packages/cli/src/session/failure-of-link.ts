import type { Link, LinkFailure, StateStore } from "@cosell/state";

/** The failure that stands on a link, if one does. */
export async function failureOfLink(
  store: StateStore,
  { id, sync }: Pick<Link, "id" | "sync">,
): Promise<LinkFailure | undefined> {
  for await (const failure of store.failures(sync)) if (failure.linkId === id) return failure;
  return undefined;
}
