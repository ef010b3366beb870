/** A partner by its profile, its account or both. */
export interface QualificationsPartner {
  readonly ProfileId?: string;
  readonly AccountId?: string;
}

interface Asked {
  readonly Catalog: string;
  /** The partner's own id or ARN. */
  readonly Identifier: string;
}

interface Head {
  readonly Catalog: string;
  readonly Arn: string;
  readonly Id: string;
}

interface Task extends Head {
  readonly TaskId: string;
  readonly Status: "IN_PROGRESS" | "SUCCEEDED";
  readonly StartedAt: Date;
  readonly EndedAt?: Date;
}

/** The operations for qualifications, which the installed SDK does not know yet: inputs and outputs as the SDK would type them. */
export interface QualificationsOperations {
  readonly GetQualificationsAssociationDetails: readonly [
    Asked,
    Head & {
      readonly Status: "ASSOCIATED" | "NOT_ASSOCIATED";
      readonly PrimaryPartner?: QualificationsPartner;
      readonly AssociatedPartners?: readonly QualificationsPartner[];
      readonly UpdatedAt?: Date;
    },
  ];
  readonly GetQualificationsAssociationTask: readonly [
    Asked,
    Task & { readonly PrimaryPartner: QualificationsPartner },
  ];
  readonly GetQualificationsDisassociationTask: readonly [
    Asked,
    Task & { readonly AssociatedPartner: QualificationsPartner },
  ];
  readonly StartQualificationsAssociationTask: readonly [
    Asked & { readonly ClientToken?: string; readonly PrimaryPartner: QualificationsPartner },
    Task & { readonly PrimaryPartner: QualificationsPartner },
  ];
  readonly StartQualificationsDisassociationTask: readonly [
    Asked & { readonly ClientToken?: string; readonly AssociatedPartner: QualificationsPartner },
    Task & { readonly AssociatedPartner: QualificationsPartner },
  ];
}

/**
 * Operations of AWS's model that the installed SDK lacks, and the day of the model that brought them. They are called like
 * all others: the SDK carries them, and does not need to know them.
 */
export const operationsBeyondSdk: Readonly<Record<keyof QualificationsOperations, string>> = {
  GetQualificationsAssociationDetails: "2026-07-22",
  GetQualificationsAssociationTask: "2026-07-22",
  GetQualificationsDisassociationTask: "2026-07-22",
  StartQualificationsAssociationTask: "2026-07-22",
  StartQualificationsDisassociationTask: "2026-07-22",
};
