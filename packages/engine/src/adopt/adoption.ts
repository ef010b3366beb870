/** A CRM record and an opportunity that are the same deal, or may be. */
export interface AdoptionPair {
  readonly crmRef: string;
  readonly opportunityId: string;
  /** The deal's title in the CRM's terms, where it has one. */
  readonly title: string | undefined;
  readonly awsTitle: string | undefined;
  /**
   * How they were found: the record names the opportunity (`stored-id`), the opportunity carries the record's id
   * (`identifier`), or they look alike (`similar`).
   */
  readonly by: "stored-id" | "identifier" | "similar";
  /** 1 for what is certain; else how alike the titles are, 0 to 1. */
  readonly score: number;
  /** One sentence. */
  readonly why: string;
}

/** A record or an opportunity about which the two sides contradict each other: nobody's to guess. */
export interface AdoptionProblem {
  readonly crmRef: string | undefined;
  readonly opportunityId: string | undefined;
  /** One sentence. */
  readonly why: string;
}

/** What exists on both sides and is not linked yet. */
export interface AdoptionFindings {
  /** Certain: the ids say so. */
  readonly exact: readonly AdoptionPair[];
  /** For a person to approve, the most alike first. A record and an opportunity stand in one proposal at most. */
  readonly proposals: readonly AdoptionPair[];
  readonly problems: readonly AdoptionProblem[];
  /** Linked before. */
  readonly linked: number;
  /** Records that take part and have no counterpart: a sync creates them at AWS. */
  readonly unmatchedRecords: number;
  readonly unmatchedOpportunities: number;
  /** Calls that the search cost at AWS. */
  readonly awsReads: number;
}

/** What became of pairs that were to be linked. */
export interface AdoptionReport {
  readonly linked: readonly AdoptionPair[];
  readonly refused: readonly { readonly pair: AdoptionPair; readonly why: string }[];
}
