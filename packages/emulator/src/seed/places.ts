/** A place where a customer may have its office, and how people there write telephone numbers. */
export interface Place {
  readonly city: string;
  /** Full name; only where addresses carry one. */
  readonly state?: string;
  /** As it is abbreviated. */
  readonly stateCode?: string;
  readonly postalCode: string;
  readonly street: string;
  /** `#` stands for a digit. */
  readonly phone: { readonly international: string; readonly local: string };
}

const unitedStates = (city: string, state: string, stateCode: string, postalCode: string, area: string): Place => ({
  city,
  state,
  stateCode,
  postalCode,
  street: "{number} Market Street",
  phone: { international: `+1 ${area} 555 01##`, local: `(${area}) 555-01##` },
});

const abroad = (city: string, postalCode: string, street: string, international: string, local: string): Place => ({
  city,
  postalCode,
  street,
  phone: { international, local },
});

const inTheUnitedStates: readonly [Place, ...Place[]] = [
  unitedStates("New York", "New York", "NY", "10001", "212"),
  unitedStates("San Francisco", "California", "CA", "94105", "415"),
  unitedStates("Los Angeles", "California", "CA", "90017", "213"),
  unitedStates("Chicago", "Illinois", "IL", "60606", "312"),
  unitedStates("Houston", "Texas", "TX", "77002", "713"),
  unitedStates("Austin", "Texas", "TX", "78701-4012", "512"),
  unitedStates("Phoenix", "Arizona", "AZ", "85004", "602"),
  unitedStates("Philadelphia", "Pennsylvania", "PA", "19103", "215"),
  unitedStates("Columbus", "Ohio", "OH", "43215", "614"),
  unitedStates("Charlotte", "North Carolina", "NC", "28202", "704"),
  unitedStates("Indianapolis", "Indiana", "IN", "46204", "317"),
  unitedStates("Seattle", "Washington", "WA", "98101-2345", "206"),
  unitedStates("Denver", "Colorado", "CO", "80202", "303"),
  unitedStates("Boston", "Massachusetts", "MA", "02110", "617"),
  unitedStates("Nashville", "Tennessee", "TN", "37203", "615"),
  unitedStates("Portland", "Oregon", "OR", "97204", "503"),
  unitedStates("Atlanta", "Georgia", "GA", "30303", "404"),
  unitedStates("Minneapolis", "Minnesota", "MN", "55402", "612"),
  unitedStates("Newark", "New Jersey", "NJ", "07102-1811", "973"),
  unitedStates("Salt Lake City", "Utah", "UT", "84101", "801"),
];

/** By country as the data set spells it. */
const byCountry: Readonly<Record<string, readonly [Place, ...Place[]]>> = {
  "United States": inTheUnitedStates,
  Belgium: [abroad("Brussels", "1000", "Rue Royale {number}", "+32 2 555 01 ##", "02 555 01 ##")],
  Brazil: [abroad("São Paulo", "01310-100", "Avenida Paulista {number}", "+55 11 3555 01##", "(11) 3555-01##")],
  China: [abroad("Beijing", "100020", "{number} Jianguo Road", "+86 10 6555 01##", "010 6555 01##")],
  Germany: [abroad("München", "80331", "Sendlinger Straße {number}", "+49 89 555 01##", "089 / 555 01##")],
  Italy: [abroad("Milano", "20121", "Via Manzoni {number}", "+39 02 5555 01##", "02 5555 01##")],
  Japan: [abroad("Tokyo", "100-0005", "Marunouchi {number}", "+81 3 5555 01##", "03-5555-01##")],
  Jordan: [abroad("Amman", "11181", "Rainbow Street {number}", "+962 6 555 01##", "06 555 01##")],
  Kenya: [abroad("Nairobi", "00100", "Kenyatta Avenue {number}", "+254 20 555 01##", "020 555 01##")],
  Korea: [abroad("Seoul", "04524", "Sejong-daero {number}", "+82 2 555 01##", "02-555-01##")],
  Norway: [abroad("Oslo", "0150", "Karl Johans gate {number}", "+47 22 55 01 ##", "22 55 01 ##")],
  Panama: [abroad("Panamá", "080101", "Avenida Balboa {number}", "+507 255 01##", "255-01##")],
  Philipines: [abroad("Makati", "1226", "Ayala Avenue {number}", "+63 2 8555 01##", "(02) 8555 01##")],
  Poland: [abroad("Warszawa", "00-001", "Marszałkowska {number}", "+48 22 555 01 ##", "22 555 01 ##")],
  Romania: [abroad("București", "010011", "Calea Victoriei {number}", "+40 21 555 01##", "021 555 01##")],
};

/** Places of a country; of the United States for one that the table does not know. */
export function placesIn(country: string): readonly [Place, ...Place[]] {
  return byCountry[country] ?? inTheUnitedStates;
}

/** Fills the last two digits of a pattern such as `+1 415 555 01##`. */
export function phoneNumber(pattern: string, number: number): string {
  return pattern.replace("##", String(number).padStart(2, "0"));
}
