import { type Clock, failureOf } from "@cosell/connector";
import { allOwners } from "./owners.ts";
import type { Session } from "./session.ts";

/** The people of a portal, by the ids that records name their last author with. */
export interface People {
  /** A person's name; `user <id>` where the portal, or the token, does not show it. Asked for once in ten minutes. */
  nameOf(userId: string): Promise<string>;
}

const keptMs = 10 * 60_000;

export function keepPeople(session: Session, { now }: Pick<Clock, "now">): People {
  let kept: { readonly at: number; readonly names: Promise<ReadonlyMap<string, string>> } | undefined;
  return {
    nameOf: async (userId) => {
      if (!kept || now() - kept.at > keptMs) kept = { at: now(), names: namesOf(session) };
      return (await kept.names).get(userId) ?? `user ${userId}`;
    },
  };
}

/** Names by user id. A token need not have the right to see owners: a record is read all the same. */
async function namesOf(session: Session): Promise<ReadonlyMap<string, string>> {
  try {
    const owners = [...(await allOwners(session)).values()];
    return new Map(
      owners.flatMap(({ userId, firstName, lastName, email }): [string, string][] => {
        const name = [firstName, lastName]
          .filter((part): part is string => typeof part === "string" && part !== "")
          .join(" ");
        const shown = name === "" ? email : name;
        return typeof userId === "string" && typeof shown === "string" ? [[userId, shown]] : [];
      }),
    );
  } catch (error) {
    if (failureOf(error)?.kind === "aborted") throw error;
    return new Map();
  }
}
