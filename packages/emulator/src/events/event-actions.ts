/** The types of the Selling API's events, as the Partner Central developer guide lists them. */
export const eventTypes = [
  "Opportunity Created",
  "Opportunity Updated",
  "Engagement Invitation Created",
  "Engagement Invitation Accepted",
  "Engagement Invitation Rejected",
  "Engagement Invitation Expired",
  "Engagement Created",
  "Engagement Updated",
  "Engagement Member Added",
  "Engagement Resource Snapshot Created",
] as const;

export type EventType = (typeof eventTypes)[number];

/**
 * What each action lets AWS send, in this order. An event whose thing an action did not touch is left out: a submission
 * within an engagement that was there before creates none. Running snapshot jobs follow a change with `snapshot`.
 *
 * Source: the fan-out in the developer guide ("selling-api-events"). The guide is silent on actions marked "inferred":
 * those follow from the parts of the ones that it tells.
 */
export const eventsOfAction = {
  "create-opportunity": ["Opportunity Created"],
  /** By the partner, by a person in Partner Central, or contacts that arrive. */
  "change-opportunity": ["Opportunity Updated"],
  "change-association": ["Opportunity Updated"],
  /** AWS's part: stage, next steps, team, insights. GetAwsOpportunitySummary tells what. */
  "change-summary": ["Opportunity Updated"],
  submit: [
    "Opportunity Updated",
    "Engagement Created",
    "Engagement Resource Snapshot Created",
    "Engagement Member Added",
    "Engagement Invitation Created",
  ],
  /** From `Submitted` to `In review`; inferred. */
  "begin-review": ["Opportunity Updated"],
  approve: [
    "Engagement Invitation Accepted",
    "Engagement Member Added",
    "Opportunity Updated",
    "Engagement Resource Snapshot Created",
  ],
  reject: ["Engagement Invitation Rejected", "Opportunity Updated", "Engagement Resource Snapshot Created"],
  /** Inferred: nobody answers the invitation yet. */
  "require-action": ["Opportunity Updated", "Engagement Resource Snapshot Created"],
  /** AWS passes a deal or a lead on. */
  refer: ["Engagement Created", "Engagement Invitation Created"],
  invite: ["Engagement Invitation Created"],
  /** The task that makes the opportunity. */
  "accept-opportunity": [
    "Engagement Invitation Accepted",
    "Engagement Member Added",
    "Opportunity Created",
    "Opportunity Updated",
    "Engagement Resource Snapshot Created",
  ],
  "accept-invitation": ["Engagement Invitation Accepted", "Engagement Member Added"],
  "reject-invitation": ["Engagement Invitation Rejected"],
  "invitation-expires": ["Engagement Invitation Expired"],
  /** Inferred from the submission, which creates an engagement too. */
  "create-engagement": ["Engagement Created", "Engagement Member Added"],
  "change-engagement": ["Engagement Updated"],
  /** Inferred: a draft is made of a lead, and the engagement gets its project. */
  "create-opportunity-of-lead": ["Opportunity Created", "Engagement Updated", "Engagement Resource Snapshot Created"],
  snapshot: ["Engagement Resource Snapshot Created"],
} as const satisfies Readonly<Record<string, readonly EventType[]>>;

export type EventAction = keyof typeof eventsOfAction;
