import type { JsonObject } from "../kernel/index.ts";
import { textAt } from "../partner-central-shared/paths.ts";
import { timestamp } from "../partner-central-shared/timestamps.ts";
import { partnerHead } from "./partner.ts";
import type { AccountSpace, PartnerCentralAccountState, ProfileTask, StoredPartner } from "./state.ts";

/** A task as GetProfileUpdateTask tells it. */
export function profileTaskAnswer(space: AccountSpace, partner: StoredPartner, task: ProfileTask): JsonObject {
  return {
    ...partnerHead(space, partner),
    TaskId: task.id,
    TaskDetails: task.details,
    StartedAt: timestamp(task.startedAt),
    Status: task.status,
    EndedAt: task.endedAt === null ? null : timestamp(task.endedAt),
    ErrorDetailList: task.errors.length > 0 ? task.errors : null,
  };
}

/** Ends a task that is due: publishes the profile, or fails with everything that is wrong with it. */
export function settleProfileTask(state: PartnerCentralAccountState, space: AccountSpace, now: number): void {
  const { partner, profileTask: task } = space;
  if (partner === null || task?.status !== "IN_PROGRESS" || task.endsAt > now) return;
  const errors = wrongWith(task.details, otherNames(state, space));
  space.profileTask = { ...task, status: errors.length > 0 ? "FAILED" : "SUCCEEDED", endedAt: task.endsAt, errors };
  if (errors.length > 0) return;
  // Headquarters that are left out stay as they are; everything else is replaced.
  const headquarters = task.details.Headquarters ?? partner.profile.Headquarters ?? null;
  const profile = { ...task.details, ...(headquarters !== null && { Headquarters: headquarters }) };
  space.partner = { ...partner, profile, publishedAt: task.endsAt };
}

/**
 * AWS looks at logo and website, which an emulator cannot: hosts under `.invalid` (a name that never exists, RFC 2606)
 * play those that AWS does not take.
 */
function wrongWith(details: JsonObject, taken: ReadonlySet<string>): readonly JsonObject[] {
  const locale = textAt(details, "TranslationSourceLocale") ?? "en-US";
  const error = (Reason: string, Message: string): JsonObject => ({ Locale: locale, Message, Reason });
  return [
    ...(isInvalid(details, "LogoUrl") ? [error("INVALID_LOGO_URL", "The logo cannot be fetched.")] : []),
    ...(isInvalid(details, "WebsiteUrl") ? [error("INVALID_WEBSITE_URL", "The website cannot be reached.")] : []),
    ...(taken.has(nameOf(details)) ? [error("DUPLICATE_PROFILE", "Another partner has this display name.")] : []),
  ];
}

function otherNames(state: PartnerCentralAccountState, space: AccountSpace): ReadonlySet<string> {
  const others = Object.values(state.spaces).filter(
    (other) => other.catalog === space.catalog && other.account !== space.account,
  );
  return new Set(
    others.flatMap(({ partner }) =>
      partner === null || partner.publishedAt === null ? [] : [nameOf(partner.profile)],
    ),
  );
}

function nameOf(profile: JsonObject): string {
  return (textAt(profile, "DisplayName") ?? "").toLowerCase();
}

function isInvalid(details: JsonObject, member: string): boolean {
  const url = textAt(details, member) ?? "";
  return URL.canParse(url) && new URL(url).hostname.endsWith(".invalid");
}
