import type { JsonObject } from "../../kernel/index.ts";
import { required, type Call } from "../call.ts";
import { oneMore } from "../daily-limit.ts";
import { ownPartner, partnerHead } from "../partner.ts";

const limit = { most: 5, reason: "LIMIT_EXCEEDED_NUMBER_OF_PROFILE_VISIBILITY_UPDATE_PER_DAY" };

/** GetProfileVisibility. */
export function getProfileVisibility(call: Call): JsonObject {
  const partner = ownPartner(call);
  return { ...partnerHead(call.space, partner), Visibility: partner.visibility, ProfileId: partner.profileId };
}

/** PutProfileVisibility. */
export function putProfileVisibility(call: Call): JsonObject {
  const { space } = call;
  const partner = ownPartner(call);
  space.visibilityChanges = oneMore(call, space.visibilityChanges, limit);
  space.partner = { ...partner, visibility: required(call, "Visibility") };
  return getProfileVisibility(call);
}
