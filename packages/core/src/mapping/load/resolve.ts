/**
 * Finds a file that a mapping names: one that lies relative to `fromFile` (`tables/industry.yaml`), or a shipped mapping by
 * its id (`salesforce.opportunity`). `undefined` when there is none. The core reads no files itself.
 */
export type Resolve = (
  reference: string,
  fromFile: string,
) => { readonly file: string; readonly text: string } | undefined;
