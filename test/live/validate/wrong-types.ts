/** Copies of a plugin's configuration with one value of a wrong type. A plugin that reads the key refuses such a copy. */

type Configuration = Readonly<Record<string, unknown>>;

export interface WrongType {
  /** Path of the value. */
  readonly key: string;
  readonly configuration: Configuration;
}

/** Of a block, the values inside are replaced: SPIRE itself takes any text for the type of a database. */
export function wrongTypes(configuration: Configuration): readonly WrongType[] {
  return Object.entries(configuration).flatMap(([key, value]) => {
    if (value === undefined) return [];
    if (!isMap(value)) return [{ key, configuration: { ...configuration, [key]: WRONG } }];
    return wrongTypes(value).map((inner) => ({
      key: `${key}.${inner.key}`,
      configuration: { ...configuration, [key]: inner.configuration },
    }));
  });
}

/** HCL takes a text for a number and for a list of one, but never a block for either. */
const WRONG = { wrong: { wrong: 'wrong' } };

function isMap(value: unknown): value is Configuration {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
