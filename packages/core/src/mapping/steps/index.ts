import { boolean } from "./boolean.ts";
import { lower, upper } from "./case.ts";
import { country } from "./country.ts";
import { date } from "./date.ts";
import { datetime } from "./datetime.ts";
import { decimal } from "./decimal.ts";
import { divide } from "./divide.ts";
import { htmlToText } from "./html-to-text.ts";
import { join } from "./join.ts";
import { linesToText } from "./lines-to-text.ts";
import { first, last, unique } from "./list-members.ts";
import { multiply } from "./multiply.ts";
import { number } from "./number.ts";
import { phone } from "./phone.ts";
import { replace } from "./replace.ts";
import { split } from "./split.ts";
import { state } from "./state.ts";
import type { Step } from "./step.ts";
import { trim } from "./trim.ts";
import { truncate } from "./truncate.ts";
import { url } from "./url.ts";

/** Every step of edition 1 by the name that a mapping calls it. Closed: what is missing here, a connector's function does. */
export const steps: ReadonlyMap<string, Step> = new Map(
  Object.entries({
    boolean,
    country,
    date,
    datetime,
    decimal,
    divide,
    first,
    "html-to-text": htmlToText,
    join,
    last,
    "lines-to-text": linesToText,
    lower,
    multiply,
    number,
    phone,
    replace,
    split,
    state,
    trim,
    truncate,
    unique,
    upper,
    url,
  }),
);
