/** The shape of a JSON value: its kinds, not its value. Several kinds where several values were seen in one place. */
export interface Shape {
  readonly types: readonly string[];
  readonly members?: Readonly<Record<string, Shape>>;
  /** Of all items of a list, or all values of a map. Absent: the list was empty. */
  readonly items?: Shape;
}

/** What AWS was seen to send, and what is compared with it. */
export interface ShapeDifference {
  readonly path: string;
  readonly problem: string;
}

/** Why a member may stand on one side only. `path` names a member wherever it ends with it. */
export interface ShapeException {
  readonly path: string;
  readonly reason: string;
  /** The only operation in whose answers it may. Absent: all. */
  readonly operation?: string;
}

/**
 * Where a value is of another shape than the recorded one. Null on either side says nothing about kinds, an empty list
 * nothing about its items. A member on one side only is a difference unless an exception names it.
 */
export function shapeDifferences(
  recorded: Shape,
  value: unknown,
  exceptions: readonly ShapeException[],
  path = "",
): readonly ShapeDifference[] {
  const kind = kindOf(value);
  if (kind === "null" || recorded.types.every((type) => type === "null")) return [];
  if (recorded.types.includes("map") && kind === "object") {
    return Object.values(value as object).flatMap((item) => below(recorded.items, item, exceptions, `${path}{}`));
  }
  if (!recorded.types.includes(kind))
    return [{ path, problem: `is ${kind}, recorded as ${recorded.types.join(" or ")}` }];
  if (Array.isArray(value)) return value.flatMap((item) => below(recorded.items, item, exceptions, `${path}[]`));
  if (kind !== "object") return [];
  const members = value as Readonly<Record<string, unknown>>;
  const known = recorded.members ?? {};
  const excepted = (name: string) => exceptions.some((exception) => `.${path}.${name}`.endsWith(`.${exception.path}`));
  const at = (name: string) => (path === "" ? name : `${path}.${name}`);
  return [
    ...Object.keys(known)
      .filter((name) => !(name in members) && !excepted(name))
      .map((name) => ({ path: at(name), problem: "is missing" })),
    ...Object.entries(members).flatMap(([name, inner]) => {
      const shape = known[name];
      if (shape) return shapeDifferences(shape, inner, exceptions, at(name));
      return excepted(name) ? [] : [{ path: at(name), problem: "was not recorded" }];
    }),
  ];
}

function below(
  shape: Shape | undefined,
  value: unknown,
  exceptions: readonly ShapeException[],
  path: string,
): readonly ShapeDifference[] {
  return shape ? shapeDifferences(shape, value, exceptions, path) : [];
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (value === "") return "empty";
  return Array.isArray(value) ? "list" : typeof value;
}
