import type { JsonObject, JsonValue } from "@cosell/connector";
import { operationOf, validateInput } from "@cosell/partner-central/model";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { minimalValue, withMember } from "./generate.ts";
import { testedServices, type OfficialClient } from "./services.ts";
import { violationsOf, type Violation } from "./violations.ts";
import { startPreparedWorld, type PreparedWorld } from "./world.ts";

describe.each(testedServices)("$service.title", (tested) => {
  const { service, preparations, lists, given } = tested;
  const { model } = service;
  let world: PreparedWorld;
  let client: OfficialClient;
  beforeAll(async () => {
    world = await startPreparedWorld();
    client = tested.clientOf(tested.urlOf(world));
  });
  afterAll(async () => {
    client.destroy();
    await world.running.close();
  });

  const rootOf = (operation: string): string => model.operations[operation]?.input ?? "";
  const minimal = (operation: string): JsonObject => {
    const tokens = (operationOf(operation, service.name)?.input ?? []).filter((member) => member.idempotencyToken);
    return {
      ...(minimalValue(model, rootOf(operation)) as JsonObject),
      ...Object.fromEntries(
        Object.entries(given).filter(([member]) => Object.hasOwn(membersOf(rootOf(operation)), member)),
      ),
      ...Object.fromEntries(tokens.map(({ path }) => [path, world.fresh("token")])),
    };
  };
  const membersOf = (name: string): Readonly<Record<string, string>> => {
    const shape = model.shapes[name];
    return shape?.type === "structure" ? shape.members : {};
  };
  /** Without a client: what AWS's client does not send as it is given. */
  const post = async (operation: string, input: JsonObject): Promise<Response> =>
    fetch(`${tested.urlOf(world)}/${operation}`, { method: "POST", body: JSON.stringify(input) });

  describe("takes the smallest request that the model allows", () => {
    it.each(service.operationNames)("%s", async (operation) => {
      const input = { ...minimal(operation), ...(await preparations[operation]?.(world)) };
      expect(validateInput(operation, input, model)).toEqual([]);
      await expect(client.send(operation, input)).resolves.toMatchObject({ $metadata: { httpStatusCode: 200 } });
    });
  });

  describe("refuses what the model does not allow, field by field", () => {
    const cases = service.operationNames.flatMap((operation) =>
      [...violationsOf(operation, service.name, model)].map(([kind, violations]) => ({ operation, kind, violations })),
    );

    /** The first through AWS's client, where it sends such a thing at all; the others as plain requests, which are faster. */
    const refusalOf = async (operation: string, input: JsonObject, byClient: boolean): Promise<JsonObject> => {
      if (!byClient) return (await (await post(operation, input)).json()) as JsonObject;
      const failure: unknown = await client.send(operation, input).catch((error: unknown) => error);
      const { name, Reason, ErrorList, ErrorDetails } = failure as JsonObject & { readonly name: string };
      return {
        __type: `#${name}`,
        Reason: Reason ?? null,
        ...(ErrorList && { ErrorList }),
        ...(ErrorDetails && { ErrorDetails }),
      };
    };
    const isSent = ({ kind, path }: Violation, operation: string): boolean =>
      kind !== "type" &&
      operationOf(operation, service.name)?.input.find((member) => member.path === path)?.idempotencyToken === false;

    it.each(cases)("$operation: $kind", async ({ operation, violations }) => {
      const base = minimal(operation);
      for (const [index, violation] of violations.entries()) {
        const input = withMember(model, rootOf(operation), base, violation.path, violation.change);
        const refusal = await refusalOf(operation, input, index === 0 && isSent(violation, operation));
        const field = violation.path.replaceAll("[]", "[0]").replaceAll("{}", ".key");
        const expected = validateInput(operation, input, model);
        expect({ path: violation.path, type: refusal.__type, Reason: refusal.Reason }).toEqual({
          path: violation.path,
          type: expect.stringMatching(/#ValidationException$/),
          Reason: "REQUEST_VALIDATION_FAILED",
        });
        expect(tested.refusedFields(refusal)).toEqual([{ field, code: tested.codeOf(violation.code) }]);
        expect(expected).toHaveLength(1);
      }
    });
  });

  describe("does once what one client token stands for", () => {
    const tokens = service.operationNames.flatMap((operation) => {
      const token = operationOf(operation, service.name)?.input.find((member) => member.idempotencyToken);
      return token === undefined ? [] : [{ operation, token: token.path }];
    });

    it.each(tokens)("$operation", async ({ operation, token }) => {
      const body = { ...minimal(operation), ...(await preparations[operation]?.(world)) };
      const first = await client.send(operation, body);
      const again = await client.send(operation, body);
      const answer = (given: object): object => ({ ...given, $metadata: undefined });
      expect(answer(again)).toEqual(answer(first));

      const another = { ...body, ...(tested.otherBodies[operation] ?? (await preparations[operation]?.(world))) };
      expect(another).not.toEqual(body);
      await expect(client.send(operation, another)).rejects.toMatchObject({ name: "ConflictException" });
      if (tested.onlyOnce.includes(operation)) return;
      const fresh = { ...another, [token]: world.fresh("token") };
      await expect(client.send(operation, fresh)).resolves.toMatchObject({ $metadata: { httpStatusCode: 200 } });
    });
  });

  describe("gives every row once, page by page", () => {
    const paged = service.operationNames.filter((operation) =>
      Object.hasOwn(membersOf(rootOf(operation)), "NextToken"),
    );

    it("in every operation that has pages", () => {
      expect(Object.keys(lists).sort()).toEqual([...paged].sort());
    });

    it.each(paged)("%s", async (operation) => {
      const input = { ...minimal(operation), ...(await lists[operation]?.(world)) };
      const rows = (answer: object): readonly JsonValue[] =>
        Object.values(answer as JsonObject).find((value) => Array.isArray(value)) as readonly JsonValue[];
      const size = operationOf(operation, service.name)?.input.find(({ path }) => path === "MaxResults");
      const all = async (MaxResults: number | undefined): Promise<readonly JsonValue[]> => {
        const seen: JsonValue[] = [];
        let NextToken: string | undefined;
        do {
          const page = {
            ...(MaxResults !== undefined && { MaxResults }),
            ...(NextToken !== undefined && { NextToken }),
          };
          const answer = await client.send(operation, { ...input, ...page });
          expect(rows(answer).length).toBeLessThanOrEqual(MaxResults ?? Infinity);
          seen.push(...rows(answer));
          ({ NextToken } = answer as { NextToken?: string });
        } while (NextToken !== undefined);
        return seen;
      };
      const pages = await all(size === undefined ? undefined : 1);
      expect(pages.length).toBeGreaterThan(tested.singleRows.includes(operation) ? 0 : 1);
      expect(pages).toEqual(await all(size?.maximum));
      expect(new Set(pages.map((row) => JSON.stringify(row))).size).toBe(pages.length);
      if (size?.maximum === undefined) return;
      const tooMany = client.send(operation, { ...input, MaxResults: size.maximum + 1 });
      await expect(tooMany).rejects.toMatchObject({ name: "ValidationException" });
    });
  });
});
