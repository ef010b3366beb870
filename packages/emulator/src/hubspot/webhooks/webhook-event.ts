/** What happened, before it becomes an event with ids of its own. */
export interface WebhookEventDraft {
  /** `deal.propertyChange`, `company.merge`, `contact.deletion`. */
  readonly subscriptionType: string;
  readonly objectId?: string;
  readonly propertyName?: string;
  readonly propertyValue?: string | null;
  readonly primaryObjectId?: string;
  readonly mergedObjectIds?: readonly string[];
  readonly newObjectId?: string;
  readonly fromObjectId?: string;
  readonly toObjectId?: string;
  readonly associationType?: string;
  readonly associationRemoved?: boolean;
}
