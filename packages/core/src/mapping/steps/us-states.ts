/** The states and territories of the United States by postal code, in AWS's spelling. */
// prettier-ignore
export const stateNames: Readonly<Record<string, string>> = {
  AL: "Alabama", AK: "Alaska", AS: "American Samoa", AZ: "Arizona", AR: "Arkansas", CA: "California", CO: "Colorado",
  CT: "Connecticut", DE: "Delaware", DC: "Dist. of Columbia", FM: "Federated States of Micronesia", FL: "Florida",
  GA: "Georgia", GU: "Guam", HI: "Hawaii", ID: "Idaho", IL: "Illinois", IN: "Indiana", IA: "Iowa", KS: "Kansas",
  KY: "Kentucky", LA: "Louisiana", ME: "Maine", MH: "Marshall Islands", MD: "Maryland", MA: "Massachusetts",
  MI: "Michigan", MN: "Minnesota", MS: "Mississippi", MO: "Missouri", MT: "Montana", NE: "Nebraska", NV: "Nevada",
  NH: "New Hampshire", NJ: "New Jersey", NM: "New Mexico", NY: "New York", NC: "North Carolina", ND: "North Dakota",
  MP: "Northern Mariana Islands", OH: "Ohio", OK: "Oklahoma", OR: "Oregon", PW: "Palau", PA: "Pennsylvania",
  PR: "Puerto Rico", RI: "Rhode Island", SC: "South Carolina", SD: "South Dakota", TN: "Tennessee", TX: "Texas",
  UT: "Utah", VT: "Vermont", VA: "Virginia", VI: "Virgin Islands", WA: "Washington", WV: "West Virginia",
  WI: "Wisconsin", WY: "Wyoming",
  AE: "APO/AE", AA: "AFO/FPO", AP: "FPO, AP",
};

/** Other spellings of a state, by postal code. */
export const stateSpellings: Readonly<Record<string, readonly string[]>> = {
  DC: ["District of Columbia", "Washington DC", "Washington D.C.", "D.C."],
  FM: ["Micronesia"],
  MP: ["CNMI"],
  VI: ["US Virgin Islands", "U.S. Virgin Islands"],
};
