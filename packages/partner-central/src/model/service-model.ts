/** One shape of AWS's service model. `min` and `max` count characters of a string, items of a list, or bound an integer. */
export type Shape =
  | {
      readonly type: "structure";
      readonly members: Readonly<Record<string, string>>;
      readonly required?: readonly string[];
      /** Members that make a repeated call the same call. */
      readonly tokens?: readonly string[];
      /** Exactly one member may be set. */
      readonly union?: boolean;
    }
  | { readonly type: "list"; readonly item: string; readonly min?: number; readonly max?: number }
  | {
      readonly type: "map";
      readonly key: string;
      readonly value: string;
      readonly min?: number;
      readonly max?: number;
    }
  | {
      readonly type: "string";
      readonly enum?: readonly string[];
      readonly min?: number;
      readonly max?: number;
      /** Anchored, for flag `u`, linear in the length of the text. */
      readonly pattern?: string;
      readonly sensitive?: boolean;
    }
  | { readonly type: "integer"; readonly min?: number; readonly max?: number }
  | { readonly type: "boolean" | "timestamp" };

/** Names of shapes: what an operation takes, answers, and may refuse with. No `output`: the answer's body is empty. */
export interface OperationShapes {
  readonly input: string;
  readonly output?: string;
  readonly errors: readonly string[];
}

/** A service model, reduced to what a program needs. */
export interface ServiceModel {
  readonly apiVersion: string;
  /** What stands before the operation's name in the header `x-amz-target`. */
  readonly targetPrefix: string;
  readonly operations: Readonly<Record<string, OperationShapes>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}
