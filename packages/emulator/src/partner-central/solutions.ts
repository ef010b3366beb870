import { seedSolutions } from "../seed/scenarios.ts";
import type { Solution } from "./state.ts";

/**
 * What every new account finds in ListSolutions: what the demo's company sells, one that it no longer sells, and AWS's
 * default solution of the Sandbox.
 */
export const seededSolutions: readonly Solution[] = [
  ...seedSolutions.map(({ id, name }) => solution(id, name, "Active")),
  solution("S-0001199", "Server Room Care", "Inactive"),
  solution("S-1234567", "Sandbox solution", "Active"),
];

function solution(Id: string, Name: string, Status: Solution["Status"]): Solution {
  return { Id, Name, Status, Category: "Software Product", CreatedDate: "2024-08-02T19:27:57Z" };
}
