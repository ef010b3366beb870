import type { JsonObject, JsonValue } from "@cosell/connector";
import type { Context, Destination } from "./context.ts";
import { failed, missingMessage, type Outcome, report, type Run, type Site } from "./run.ts";

/** Where an object stands: in messages and in the model, each ending in `.` or empty; and who answers for it. */
export interface Place {
  readonly name: string;
  readonly modelPath: string;
  readonly site?: Site;
}

/** The shape that rules' values are put into, known before any record is. */
export interface Branch {
  readonly name: string;
  /** Which value stands here; absent for a structure that is made of members. */
  readonly slot: number | undefined;
  readonly members: readonly Branch[];
  /** Members that the model requires wherever this structure is present. */
  readonly required: readonly {
    readonly name: string;
    readonly slot: number | undefined;
    readonly site: Site;
    readonly message: string;
  }[];
}

/** Lays out where the value of each destination goes. Slots are the places in `destinations`. */
export function layOut(destinations: readonly Destination[], place: Place, context: Context): Branch {
  const slots = destinations.map((destination, slot) => ({
    slot,
    destination,
    segments: destination.name.slice(place.name.length).split("."),
  }));
  return layOutBranch("", slots, place, context);
}

interface Slot {
  readonly slot: number;
  readonly destination: Destination;
  readonly segments: readonly string[];
}

function layOutBranch(name: string, slots: readonly Slot[], place: Place, context: Context): Branch {
  const groups = Map.groupBy(slots, ({ segments }) => segments[0] ?? "");
  const members = [...groups].map(([segment, group]) => {
    const here = group.find(({ segments }) => segments.length === 1);
    if (here !== undefined) return { name: segment, slot: here.slot, members: [], required: [] };
    const below = group.map((slot) => ({ ...slot, segments: slot.segments.slice(1) }));
    const inside = {
      name: `${place.name}${segment}.`,
      modelPath: `${place.modelPath}${segment}.`,
      ...(place.site && { site: place.site }),
    };
    return layOutBranch(segment, below, inside, context);
  });
  const required = (context.requiredMembers.get(place.modelPath) ?? []).flatMap((member) => {
    const slot = groups.get(member)?.[0];
    const site = slot?.destination.site ?? place.site;
    // What no rule gives, an update keeps and a create is judged for by the target's own readiness rules.
    if (site === undefined) return [];
    const target = place.name + member;
    const whole = { ...site, target };
    const message = missingMessage(
      place.modelPath + member,
      slot === undefined ? [] : site.sources,
      context.targetName,
    );
    return [{ name: member, slot: slot?.slot, site: whole, message }];
  });
  return { name, slot: undefined, members, required };
}

/** Puts values in their places. A structure without any value is absent; one without a required member is an issue. */
export function assemble(branch: Branch, values: readonly Outcome[], run: Run): JsonObject | undefined {
  let object: Record<string, JsonValue> | undefined;
  const { members } = branch;
  for (let place = 0; place < members.length; place += 1) {
    const member = members[place];
    if (member === undefined) continue;
    const value = member.slot === undefined ? assemble(member, values, run) : values[member.slot];
    if (value === undefined || value === failed) continue;
    object ??= {};
    object[member.name] = value;
  }
  if (object === undefined || branch.required.length === 0) return object;
  for (const { name, slot, site, message } of branch.required)
    if (object[name] === undefined && (slot === undefined || values[slot] !== failed))
      report(run, site, { severity: "error", code: "missing", message });
  return object;
}
