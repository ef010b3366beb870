import { open } from "node:fs/promises";
import { FailureError, type WriteOperation, type WriteResult } from "@cosell/connector";
import { classify } from "./classify.ts";
import { type Draft, draftOf } from "./draft.ts";
import { encode, orderMark } from "./encoding.ts";
import { locked } from "./lock.ts";
import { replaceFile } from "./replace-file.ts";
import { linesOf } from "./rewrite.ts";
import { stampOf } from "./stamp.ts";
import type { FileStore, OpenObject } from "./store.ts";
import { type Survey, surveyFile } from "./survey.ts";

/** Most operations in one write: all of them cost writing the file once. */
export const writeBatch = 500;

/** How often a write begins anew because a person saved the file meanwhile. */
const attempts = 5;

/** Writes records, object by object; a result per operation, in the order given. A file is replaced whole or not at all. */
export async function write(store: FileStore, operations: readonly WriteOperation[]): Promise<readonly WriteResult[]> {
  const results = new Map<WriteOperation, WriteResult>();
  for (const object of new Set(operations.map((operation) => operation.object))) {
    const own = operations.filter((operation) => operation.object === object);
    const told = await writeObject(store, object, own);
    for (const [place, operation] of own.entries()) results.set(operation, told[place] ?? notDone);
  }
  return operations.map((operation) => results.get(operation) ?? notDone);
}

const notDone: WriteResult = {
  ok: false,
  failure: { kind: "bug", message: "The file connector lost sight of an operation." },
};

async function writeObject(
  store: FileStore,
  object: string,
  operations: readonly WriteOperation[],
): Promise<readonly WriteResult[]> {
  try {
    const opened = store.open(object);
    return await locked(opened, () => writeLocked(opened, operations));
  } catch (error) {
    // Nothing happens before the file is replaced, and replacing it is the last step.
    const failure = classify(error);
    return operations.map(() => ({ ok: false, failure }));
  }
}

async function writeLocked(opened: OpenObject, operations: readonly WriteOperation[]): Promise<readonly WriteResult[]> {
  const { path, settings, logger, object } = opened;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const stamp = await stampOf(path);
    const survey = await surveyFile(opened, operations);
    const draft = draftOf(settings, survey, operations);
    if (draft.changed.size + draft.added.size === 0) return draft.results;
    const untouched = async (): Promise<boolean> => {
      opened.signal();
      return (await stampOf(path)).text === stamp.text;
    };
    if (await replaceFile(path, contentOf(opened, survey, draft), untouched)) {
      opened.kept.delete(path);
      return draft.results;
    }
    logger.info("file: changed while it was written; beginning anew", { object });
  }
  const message = `${settings.file} is changed by somebody else all the time: nothing was written.`;
  throw new FailureError({ kind: "transient", message });
}

async function* contentOf(opened: OpenObject, survey: Survey, draft: Draft): AsyncGenerator<Buffer> {
  const { encoding } = opened.settings;
  if (await hasOrderMark(opened)) yield orderMark(encoding);
  for await (const lines of linesOf(opened, survey, draft)) yield encode(lines, encoding);
}

async function hasOrderMark({ path, settings }: OpenObject): Promise<boolean> {
  const mark = orderMark(settings.encoding);
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(mark.length), 0, mark.length, 0);
    return bytesRead > 0 && buffer.equals(mark);
  } finally {
    await file.close();
  }
}
