import { Problem } from "../problem.ts";
import type { ScalarStep } from "./step.ts";

/** A web address with its scheme: `acme.com` becomes `https://acme.com`. */
export const url: ScalarStep = {
  takes: "text",
  gives: "text",
  prepare: () => (given) => {
    const text = given.trim();
    const parsed = URL.parse(/^[a-z][a-z\d+.-]*:\/\//iu.test(text) ? text : `https://${text}`);
    const web = (parsed?.protocol === "https:" || parsed?.protocol === "http:") && parsed.username === "";
    if (!web || !/[^.]\.[^.]/u.test(parsed.hostname))
      return new Problem("bad-url", "is not a web address: write it as https://www.example.com");
    return parsed.pathname === "/" && parsed.search === "" && parsed.hash === "" ? parsed.origin : parsed.href;
  },
};
