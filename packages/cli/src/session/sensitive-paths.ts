import type { TargetModel } from "@cosell/core";

/** Tells whether the value at an AWS path is, or contains, something personal or confidential. */
export function sensitivePaths({ writable, readable }: TargetModel): (path: string) => boolean {
  const sensitive = new Set<string>();
  for (const { path, sensitive: hide } of [...writable.values(), ...readable.values()]) {
    if (!hide) continue;
    // A list or structure that holds such a member is as sensitive as the member.
    for (let end = path.length; end > 0; end = path.lastIndexOf(".", end - 1)) {
      sensitive.add(path.slice(0, end).replaceAll("[]", ""));
    }
  }
  return (path) => sensitive.has(path.replaceAll(/\[\d*\]/g, ""));
}

/** The paths that a command hides: none, unless `--hide-values` was given. */
export async function hiddenPaths(hideValues: boolean | undefined): Promise<(path: string) => boolean> {
  if (hideValues !== true) return () => false;
  const { partnerCentralTarget } = await import("@cosell/partner-central");
  return sensitivePaths(partnerCentralTarget);
}
