/** The numbers by which HubSpot's events name its objects (HubSpot, "Object type IDs"). */
export const objectTypeIds: Readonly<Record<string, string>> = { contacts: "0-1", companies: "0-2", deals: "0-3" };

/** An object's number; `undefined` for one that only its portal can tell, such as a custom object's name. */
export function objectTypeId(object: string): string | undefined {
  if (/^\d+-\d+$/.test(object)) return object;
  return Object.hasOwn(objectTypeIds, object) ? objectTypeIds[object] : undefined;
}
