import { access, constants } from "node:fs/promises";
import { userInfo } from "node:os";
import type { ConnectionCheck } from "@cosell/connector";
import { classify } from "./classify.ts";
import { columnsOf } from "./columns.ts";
import type { FileStore } from "./store.ts";

/** Whether every configured file is there, can be read and begins as it should, and the folder can be written to. Throws nothing. */
export async function check(store: FileStore): Promise<ConnectionCheck> {
  try {
    store.admit();
    await access(store.folder, constants.R_OK | constants.W_OK);
    for (const object of store.objects) await columnsOf(store.open(object));
    return { ok: true, user: userInfo().username, organization: store.folder, detail: store.objects.join(", ") };
  } catch (error) {
    return { ok: false, failure: classify(error) };
  }
}
