export type { AdoptionFindings, AdoptionPair, AdoptionProblem, AdoptionReport } from "./adoption.ts";
export { findAdoptions } from "./find-adoptions.ts";
export { linkPairs } from "./link-pairs.ts";
