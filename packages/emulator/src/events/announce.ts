import type { Place } from "../partner-central/call.ts";
import type { Catalog } from "../partner-central/state.ts";
import { eventsOfAction, type EventAction } from "./event-actions.ts";
import { eventContents, type EventSubject } from "./event-details.ts";

/** Where something happens: a place, of whose space only the catalog matters. */
export type Scene = Pick<Place, "publish" | "settings" | "now" | "state"> & {
  readonly space: { readonly catalog: Catalog };
};

/** Sends the events of an action to every partner account that they concern. */
export function announce(scene: Scene, action: EventAction, subject: EventSubject): void {
  const { catalog } = scene.space;
  const { publish, settings, now, state } = scene;
  const membersOf = (engagementId: string): readonly string[] => state.engagements[engagementId]?.members ?? [];
  for (const type of eventsOfAction[action]) {
    const content = eventContents[type](subject, { catalog, settings, membersOf });
    // AWS's own side has no event bus that anybody sees.
    const partners = content?.accounts.filter((account) => account !== "aws") ?? [];
    for (const account of partners) {
      if (content)
        publish({ type, account, at: now, resources: content.resources, detail: content.detailFor(account) });
    }
  }
}
