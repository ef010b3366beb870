/** One way in which records of two objects are associated (HubSpot, "Association type id values"). */
export interface AssociationType {
  readonly from: string;
  readonly to: string;
  readonly typeId: number;
  readonly label: string | null;
  /** The same way, looked at from the other end. */
  readonly inverse: number;
}

const pair = (
  from: string,
  to: string,
  label: string | null,
  [typeId, inverse]: readonly [number, number],
): readonly AssociationType[] => [
  { from, to, typeId, label, inverse },
  { from: to, to: from, typeId: inverse, label, inverse: typeId },
];

export const associationTypes: readonly AssociationType[] = [
  ...pair("deals", "contacts", null, [3, 4]),
  ...pair("deals", "companies", null, [341, 342]),
  ...pair("deals", "companies", "Primary", [5, 6]),
  ...pair("contacts", "companies", null, [279, 280]),
  ...pair("contacts", "companies", "Primary", [1, 2]),
];

/** The ways between two objects, the unlabelled one first. */
export function typesBetween(from: string, to: string): readonly AssociationType[] {
  return associationTypes.filter((type) => type.from === from && type.to === to);
}
