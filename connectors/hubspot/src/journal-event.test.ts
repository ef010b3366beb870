import { describe, expect, it } from "@jest/globals";
import { parseKeepingIds } from "./hubspot-id.ts";
import { occurredAt, readEvent } from "./journal-event.ts";

const read = (json: string) => readEvent(parseKeepingIds(json), "12");

describe("readEvent", () => {
  it("reads a record's change, with an id that is longer than a JavaScript number", () => {
    expect(read('{"portalId":12,"action":"UPDATE","objectTypeId":"0-3","objectId":9007199254740993}')).toEqual({
      ...{ kind: "record", isDelete: false },
      mentions: [{ typeId: "0-3", id: "9007199254740993" }],
    });
  });

  it("names all records of a merge, whoever of them is left", () => {
    const json =
      '{"action":"MERGE","objectTypeId":"0-2","objectId":3,"primaryObjectId":1,"mergedObjectIds":[2],"newObjectId":3}';
    expect(read(json)).toMatchObject({ mentions: [{ id: "3" }, { id: "1" }, { id: "2" }] });
  });

  it.each([
    '{"action":"ASSOCIATION_ADDED","fromObjectTypeId":"0-3","fromObjectId":1,"toObjectTypeId":"0-2","toObjectId":2}',
    '{"action":"ASSOCIATION_REMOVED","objectTypeId":"0-3","objectId":1,"associatedObjectTypeId":"0-2","associatedObjectId":2}',
    '{"action":"ASSOCIATION_ADDED","objectTypeId":"0-3","objectId":"1","toObjectTypeId":"0-2","toObjectId":"2"}',
  ])("finds both ends of an association, however they are named: %s", (json) => {
    expect(read(json)).toEqual({
      ...{ kind: "association", isDelete: false },
      mentions: expect.arrayContaining([
        { typeId: "0-3", id: "1" },
        { typeId: "0-2", id: "2" },
      ]),
    });
  });

  it.each([
    ["unread", '{"action":"ASSOCIATION_ADDED","objectTypeId":"0-3","objectId":1}'],
    ["unread", '{"action":"UPDATE","objectId":1}'],
    ["unread", '{"type":"crmObject"}'],
    ["unread", '"text"'],
    ["other", '{"action":"APP_INSTALL","portalId":12}'],
    ["other", '{"portalId":99,"action":"UPDATE","objectTypeId":"0-3","objectId":1}'],
  ])("is %s: %s", (kind, json) => {
    expect(read(json)).toEqual({ kind });
  });
});

describe("occurredAt", () => {
  it("is unknown where an event does not say so", () => {
    expect(occurredAt({ action: "UPDATE", occurredAt: "2026-03-02T09:30:15.250Z" })).toBe(
      Date.UTC(2026, 2, 2, 9, 30, 15, 250),
    );
    expect([occurredAt({ action: "UPDATE" }), occurredAt(null)]).toEqual([undefined, undefined]);
  });
});
