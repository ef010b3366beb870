import type { JsonObject } from "../kernel/index.ts";
import { required, type Call, type Place } from "./call.ts";
import { accountArn } from "../partner-central-shared/identifiers.ts";
import { timestamp } from "../partner-central-shared/timestamps.ts";
import { notFound } from "./refusal.ts";
import type { AccountSpace, StoredPartner } from "./state.ts";

/** The account's own partner, which the call must name by id or ARN: others' are not shown. Throws when there is none. */
export function ownPartner(call: Call): StoredPartner {
  const identifier = required(call, "Identifier");
  const { partner } = call.space;
  if (partner !== null && [partner.id, partnerArn(call.space, partner)].includes(identifier)) return partner;
  throw notFound("PARTNER_NOT_FOUND", `Partner ${identifier} does not exist in this account and catalog.`);
}

/** The partner's ARN. */
export function partnerArn({ account, catalog }: AccountSpace, { id }: StoredPartner): string {
  return accountArn(account, catalog, "partner", id);
}

/** `Catalog`, `Arn` and `Id`, which nearly every answer about a partner begins with. */
export function partnerHead(space: AccountSpace, partner: StoredPartner): JsonObject {
  return { Catalog: space.catalog, Arn: partnerArn(space, partner), Id: partner.id };
}

/** A partner as GetPartner tells it. */
export function partnerAnswer(space: AccountSpace, partner: StoredPartner): JsonObject {
  return {
    ...partnerSummary(space, partner),
    Profile: { ...partner.profile, ProfileId: partner.profileId },
    AwsTrainingCertificationEmailDomains: partner.domains.map(({ name, at }) => ({
      DomainName: name,
      RegisteredAt: timestamp(at),
    })),
  };
}

/** A row of ListPartners. */
export function partnerSummary(space: AccountSpace, partner: StoredPartner): JsonObject {
  return { ...partnerHead(space, partner), LegalName: partner.legalName, CreatedAt: timestamp(partner.createdAt) };
}

/** Every name by which others may mean an account: its number, its partner and its profile. */
export function identifiersOf({ state, space }: Place, account: string): readonly string[] {
  const partner = state.spaces[`${account}/${space.catalog}`]?.partner ?? null;
  return partner === null ? [account] : [account, partner.id, partner.profileId];
}

/** The account in this catalog that somebody means; undefined when there is no such partner. An account number needs none. */
export function accountMeant(place: Place, identifier: string): string | undefined {
  if (/^\d{12}$/.test(identifier)) return identifier;
  return Object.values(place.state.spaces).find(
    ({ account, catalog }) => catalog === place.space.catalog && identifiersOf(place, account).includes(identifier),
  )?.account;
}

/** What others see of an account: its profile where it is a partner, else its company's name. */
export function participant({ state, space, shared }: Place, account: string): JsonObject {
  const partner = state.spaces[`${account}/${space.catalog}`]?.partner ?? null;
  if (partner === null) return { Account: { Name: shared.companyNames[account] ?? `Partner ${account}` } };
  return { PartnerProfile: { Id: partner.profileId, Name: partner.profile.DisplayName ?? partner.legalName } };
}
