import { resolve } from "node:path";

const sqlite = "sqlite:";

/** `state.url` with the path of a file counted from the configuration's folder. */
export const stateUrl = (url: string, folder: string): string =>
  url.startsWith(sqlite) ? `${sqlite}${resolve(folder, url.slice(sqlite.length))}` : url;

/** What the log hides of it: the password, as it is written and as it is meant. */
export function stateSecrets(url: string): readonly string[] {
  const password = url.startsWith(sqlite) ? "" : (URL.parse(url)?.password ?? "");
  return password === "" ? [] : [...new Set([password, decoded(password)])];
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
