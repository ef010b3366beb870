/** A target that an opportunity must have to be created or submitted. Who composes says so: core itself knows no AWS. */
export interface Requirement {
  readonly path: string;
  readonly purpose: "create" | "submit";
  /** Holds only under a condition that the message tells. */
  readonly conditional: boolean;
  readonly message: string;
}
