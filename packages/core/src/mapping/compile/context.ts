import type { TargetField } from "../../target.ts";
import type { Literal, Table } from "../document.ts";
import type { JsonValue } from "@cosell/connector";
import type { MappingFunctions } from "../function.ts";
import type { Scope } from "./compile-path.ts";
import type { Evaluate, Outcome, Run, Site } from "./run.ts";

/** Looks a value up in a table; reports a miss as the table's policy says. */
export type Lookup = (value: JsonValue, run: Run) => Outcome;

/** A literal as the destination takes it. */
export type Literally = (literal: Literal, destination: Destination) => JsonValue;

/** Where a rule's value goes, as far as the model knows it. */
export interface Destination {
  /** Path from the list item on, or from the root. */
  readonly name: string;
  /** Path in the model: `Customer.Contacts[].Email`. */
  readonly modelPath: string;
  readonly field: TargetField | undefined;
  /** The items' field, where the target is a list. */
  readonly itemField: TargetField | undefined;
  readonly site: Site;
}

/** What compiling any rule needs to know. */
export interface Context {
  /** What the target is called in messages. */
  readonly targetName: string;
  readonly fields: ReadonlyMap<string, TargetField>;
  /** By the structure's path with a dot behind it. */
  readonly requiredMembers: ReadonlyMap<string, readonly string[]>;
  readonly scope: Scope;
  readonly functions: MappingFunctions;
  /** A target that was mapped above, for conditions. */
  readonly targetAbove: (path: string) => Evaluate | undefined;
  readonly lookup: (table: Table, destination: Destination) => Lookup;
  readonly tables: ReadonlyMap<string, Table>;
  readonly literal: Literally;
}
