import { isDeepStrictEqual } from "node:util";
import { compete } from "./contest.ts";
import { compileOpportunity } from "./mapping/cosell.ts";
import { mapByHand } from "./mapping/hand-written.ts";
import { makeRecords, spoil } from "./mapping/records.ts";
const records = makeRecords({ count: 1000, seed: 7 });
const m = compileOpportunity();
let bad = 0;
for (const r of [...records, ...records.flatMap(spoil)]) {
  const a = m.run(r); const b = mapByHand(r);
  const ia = a.issues.map(i => i.code + " " + i.target.replace(/\[\d+\]/g, "[]")).sort(); const ib = b.notices.map(i => i.code + " " + i.target).sort();
  if (!isDeepStrictEqual(a.payload, b.payload) || !isDeepStrictEqual(ia, ib)) { if (bad++ < 3) console.log(JSON.stringify(a.payload, null, 1), JSON.stringify(b.payload, null, 1), ia, ib); }
}
console.log("bad", bad);
console.log(await compete([{name:"hand",kind:"direct",run:(r)=>mapByHand(r)},{name:"cosell",kind:"direct",run:r=>m.run(r)}], records, {warmUpMilliseconds:500, rounds:60, turnMilliseconds:20}));
