/** What a value is, as far as that decides whether a step or a field can take it. */
export type ValueForm =
  | "text"
  /** Text that never is a number, a date, or true or false: addresses, ids, rich text. */
  | "prose"
  | "number"
  /** A whole number: a time in milliseconds may be one. */
  | "integer"
  | "boolean"
  | "day"
  | "time";

/** What is known of a value on its way from one side to the other, before there is any. */
export interface ValueShape {
  /** What it is; of a list, what each item is. Absent: not known. */
  readonly form?: ValueForm | undefined;
  /** Absent: not known. */
  readonly isList?: boolean | undefined;
  /** Several choices in one text with separators between them, as CRMs hand over a multi-select field. */
  readonly isJoined?: boolean | undefined;
  /** Most characters that it can have. */
  readonly maxLength?: number | undefined;
  /** Values that it may have. */
  readonly values?: readonly string[] | undefined;
  /** Those of `values` that only old records still have. */
  readonly retired?: ReadonlySet<string> | undefined;
  /** It can have no others than `values`. */
  readonly isClosed?: boolean | undefined;
  /** A condition leaves out some values that the field has elsewhere. */
  readonly isNarrowed?: boolean | undefined;
  /** The field or fields that it comes from, for messages. */
  readonly origin?: string | undefined;
}

/** Forms as messages name them. */
export const formNames: Readonly<Record<ValueForm, string>> = {
  text: "text",
  prose: "text",
  number: "number",
  integer: "number",
  boolean: "boolean",
  day: "date",
  time: "date",
};

/** What a value is that has one of these shapes. */
export function eitherShape(shapes: readonly ValueShape[]): ValueShape {
  const [first, ...more] = shapes;
  if (first === undefined || more.length === 0) return first ?? {};
  const same = <K extends keyof ValueShape>(key: K): ValueShape[K] =>
    shapes.every((shape) => shape[key] === first[key]) ? first[key] : undefined;
  const lengths = shapes.flatMap(({ maxLength }) => maxLength ?? []);
  const values = shapes.every((shape) => shape.values !== undefined)
    ? [...new Set(shapes.flatMap((shape) => shape.values ?? []))]
    : undefined;
  return {
    form: same("form"),
    isList: same("isList"),
    isJoined: shapes.some(({ isJoined }) => isJoined === true),
    maxLength: lengths.length === 0 ? undefined : lengths.reduce((a, b) => Math.max(a, b)),
    values,
    isNarrowed: shapes.some(({ isNarrowed }) => isNarrowed === true),
    retired: values && new Set(shapes.flatMap(({ retired = [] }) => [...retired])),
    isClosed: values !== undefined && shapes.every(({ isClosed }) => isClosed === true),
    origin: [...new Set(shapes.flatMap(({ origin }) => origin ?? []))].join(" or "),
  };
}
