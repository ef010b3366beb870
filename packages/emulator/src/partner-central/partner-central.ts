import type { EventDraft } from "../events/event-draft.ts";
import { mergeSettings, type EmulatorClock, type EmulatorServer, type JsonObject } from "../kernel/index.ts";
import { assertEdit } from "./assert-edit.ts";
import { awsSummaryAnswer } from "./aws-summary.ts";
import {
  createPartnerCentralAccount,
  type PartnerCentralAccountEmulator,
} from "../partner-central-account/partner-central-account.ts";
import type { PartnerCentralAccountSettings } from "../partner-central-account/settings.ts";
import { placeIn, type Place, type World } from "./call.ts";
import { completeAnswer } from "./complete-answer.ts";
import { findOpportunity, allOpportunities } from "./find-opportunity.ts";
import { keepChanged, keepDecided } from "./opportunity-change.ts";
import { opportunityAnswer } from "./opportunity-answer.ts";
import { withValue } from "../partner-central-shared/paths.ts";
import { decided, decisions, isUnderReview, reviewStatusOf, touched, type Decision } from "./review.ts";
import { referred, type Referred, type ReferRequest } from "./refer-request.ts";
import { createSellingServer } from "./server.ts";
import { settleAll } from "./settle-all.ts";
import { defaultPartnerCentralSettings, partnerCentralChoices, type PartnerCentralSettings } from "./settings.ts";
import { emptyState, loadedState, spaceOf, type PartnerCentralState, type Space } from "./state.ts";

/** A person at AWS answers a submission. */
export interface ReviewRequest {
  readonly opportunity: string;
  readonly status: Decision;
  readonly comments?: string;
}

/** A person changes something on AWS's side, past all locks. */
export interface EditRequest {
  /** `Opportunity`: the partner's part, as in Partner Central's own pages. `AwsOpportunitySummary`: AWS's part. */
  readonly object: "Opportunity" | "AwsOpportunitySummary";
  readonly id: string;
  /** Values by path: `LifeCycle.Stage`, `Project.Title`. */
  readonly fields: JsonObject;
}

/**
 * The emulated Partner Central as a program drives it. Methods throw a RangeError that says what is wrong with a request.
 */
export interface PartnerCentralEmulator extends EmulatorServer {
  review(request: ReviewRequest): void;
  edit(request: EditRequest): void;
  /** AWS passes an opportunity or a lead on: the account gets an invitation. */
  refer(request: ReferRequest): Referred;
  /** All opportunities as GetOpportunity tells them, of one account and catalog or of all. */
  opportunities(filter?: { readonly account?: string; readonly catalog?: string }): readonly JsonObject[];
  /** AWS's side of one, as GetAwsOpportunitySummary tells it. */
  summary(id: string): JsonObject;
  /** The Account API of the same partner accounts: a server of its own. */
  readonly account: PartnerCentralAccountEmulator;
  /** Lets happen in all accounts what the clock has made due: tasks end, AWS reviews, invitations expire. */
  settle(): void;
  state(): PartnerCentralState;
  load(state: PartnerCentralState): void;
  /** Forgets everything, in the Account API too. */
  reset(): void;
  settings(): PartnerCentralSettings;
  /** Lays a change over the settings. */
  configure(change: Partial<PartnerCentralSettings>): void;
}

/** An empty Partner Central. `settings` are laid over the defaults. */
export function createPartnerCentral({
  clock,
  settings: given = {},
  accountSettings: givenForAccount = {},
  publish = () => undefined,
}: {
  readonly clock: EmulatorClock;
  readonly settings?: Partial<PartnerCentralSettings>;
  /** Laid over the defaults of the Account API. */
  readonly accountSettings?: Partial<PartnerCentralAccountSettings>;
  /** Takes the events of everything that happens. @defaultValue nobody hears of it */
  readonly publish?: (event: EventDraft) => void;
}): PartnerCentralEmulator {
  let settings = mergeSettings(defaultPartnerCentralSettings, given, partnerCentralChoices);
  let state = emptyState();
  const account = createPartnerCentralAccount({ clock, shared: () => settings, settings: givenForAccount, publish });
  const world: World = {
    clock,
    settings: () => settings,
    state: () => state,
    isConnected: (accounts, catalog) => account.isConnected({ accounts, catalog, type: "OPPORTUNITY_COLLABORATION" }),
    publish,
  };
  const server = createSellingServer(world);
  const placeOf = (space: Space): Place => placeIn(world, space);

  const placeWith = (id: string) => {
    const space = Object.values(state.spaces).find(({ opportunities }) => Object.hasOwn(opportunities, id));
    if (space === undefined) throw new RangeError(`No account has an opportunity ${id}.`);
    return placeOf(space);
  };
  // A person sees a new opportunity at once, whatever the lag of the API.
  const find = (id: string) => {
    const place = placeWith(id);
    const current = findOpportunity({ ...place, settings: { ...settings, readAfterCreateLagMs: 0 } }, id);
    return { place, current };
  };

  return {
    ...server,
    account,
    review: ({ opportunity: id, status, comments }) => {
      if (!decisions.includes(status)) throw new RangeError(`A review's status is one of ${decisions.join(", ")}.`);
      const { place, current } = find(id);
      if (!isUnderReview(reviewStatusOf(current)) && reviewStatusOf(current) !== "Action Required") {
        throw new RangeError(
          `Opportunity ${id} is ${reviewStatusOf(current) ?? "without a status"}: nobody reviews it.`,
        );
      }
      const decision = { status, ...(comments !== undefined && { comments }) };
      keepDecided(place, decided(current, decision, place.now, settings), status);
    },
    edit: ({ object, id, fields }) => {
      assertEdit({ object, fields });
      const { place, current } = find(id);
      const over = (base: JsonObject) =>
        Object.entries(fields).reduce((edited, [path, value]) => withValue(edited, path, value), base);
      const isSummary = object === "AwsOpportunitySummary";
      const next = isSummary
        ? { ...current, aws: over(current.aws) }
        : { ...current, body: over(current.body) as typeof current.body };
      const kept = isSummary && !settings.summaryEditTouchesOpportunity ? next : touched(next, place.now, settings);
      keepChanged(place, kept, isSummary ? "change-summary" : "change-opportunity");
    },
    opportunities: ({ account, catalog } = {}) =>
      Object.values(state.spaces)
        .filter((space) => (account ?? space.account) === space.account && (catalog ?? space.catalog) === space.catalog)
        .flatMap((space) =>
          allOpportunities(placeOf(space)).map((opportunity) =>
            completeAnswer("GetOpportunity", opportunityAnswer(opportunity, space, settings)),
          ),
        ),
    summary: (id) => {
      const { place, current } = find(id);
      return completeAnswer("GetAwsOpportunitySummary", awsSummaryAnswer(current, place.space.catalog));
    },
    settle: () => {
      settleAll(Object.values(state.spaces).map(placeOf));
      account.settle();
    },
    state: () => structuredClone(state),
    refer: (request) => {
      const invitation = referred(request, (catalog, account = settings.defaultAccount) =>
        placeOf(spaceOf(state, account, catalog)),
      );
      return { invitation: invitation.id, engagement: invitation.engagementId };
    },
    load: (next) => {
      state = loadedState(next);
    },
    reset: () => {
      state = emptyState();
      account.reset();
    },
    settings: () => settings,
    configure: (change) => {
      settings = mergeSettings(settings, change, partnerCentralChoices);
    },
  };
}
