import type { ScalarTag } from "yaml";

const allowed = /^COSELL_[A-Z0-9_]+$/;

/** `!env COSELL_NAME`: the value of an environment variable. Only Cosell's own: a shared file cannot read another secret. */
export function environmentTag(environment: Readonly<Record<string, string | undefined>>): ScalarTag {
  return {
    tag: "!env",
    resolve: (name, onError) => {
      if (!allowed.test(name)) {
        onError(`!env takes the name of a variable that begins with COSELL_ and has only capitals, digits and _`);
        return undefined;
      }
      const value = environment[name];
      if (value === undefined || value === "") {
        onError(`The environment variable ${name} is not set; set it, or write the value here`);
        return undefined;
      }
      return value;
    },
  };
}
