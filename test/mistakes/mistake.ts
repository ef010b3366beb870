/** What every small mapping begins with: four lines, so that what follows begins on the fifth. */
export const head = `version: 1
id: salesforce.opportunity
crm: { connector: salesforce, object: Opportunity }
link: { opportunityId: AWS_Opportunity_Id__c }
`;

/** A planted mistake, and everything that the checker must say about it: no less and no more. */
export interface Mistake {
  readonly name: string;
  /** What follows the {@link head}; or a whole file; or a change of `base.yaml`, which is a mapping without a mistake. */
  readonly mapping: string | { readonly whole: string } | { readonly replace: string; readonly with: string };
  /** Other files that the mapping names. */
  readonly files?: Readonly<Record<string, string>>;
  /** In the order of the file. */
  readonly findings: readonly Expected[];
}

/** One finding. Lines and columns count from 1, as editors do. */
export interface Expected {
  readonly line: number;
  readonly column: number;
  readonly code: string;
  readonly suggestion?: string;
  /** @defaultValue "error" */
  readonly severity?: "warning";
  /** The file in which it stands, where that is not the mapping itself. */
  readonly file?: string;
}
