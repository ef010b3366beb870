import type { Condition, Literal, Word } from "../document.ts";
import type { ValueForm } from "./value-shape.ts";

/** One comparison of a condition. */
export type Test = Extract<Condition, { kind: "test" }>;

/** The thing that a test is about: a field of the CRM's record, a target that is mapped above, a field of the target. */
export interface Subject {
  /** Tells it from all other things. */
  readonly key: string;
  /** As messages call it. */
  readonly name: string;
  readonly form?: ValueForm | undefined;
  /** It is surely one value: what equals one text equals no other. */
  readonly isSingle: boolean;
  /** The only values that it can have, where that is known. */
  readonly values?: readonly string[] | undefined;
  /** Reports a literal that it is compared with and can never have. */
  readonly checkOperand: (literal: Literal) => void;
}

/** Finds what a word in a condition means; reports where it means nothing. */
export type FindSubject = (word: Word) => Subject | undefined;
