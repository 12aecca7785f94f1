/** Formats of the names that a database server is asked with. */
import type { Format } from './formats';

const NAME = '^[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}$';

/**
 * Name of a database or of its user. It stands unquoted in connection strings, so it has only characters that are plain
 * in those of PostgreSQL and MySQL. PostgreSQL cuts names after 63 bytes.
 */
export const databaseName: Format = {
  what: 'the name of a database or of its user',
  example: 'spire',
  pattern: NAME,
  check: (text) =>
    new RegExp(NAME).test(text) ? undefined : 'only a-z, A-Z, 0-9, "_", "." and "-", at most 63 characters',
};

/** Key of a Secret. @see https://kubernetes.io/docs/concepts/configuration/secret/#restriction-names-data */
export const secretKey: Format = {
  what: 'a key of a Secret',
  example: 'password',
  pattern: '^[A-Za-z0-9._-]{1,253}$',
  check: (text) =>
    /^(?!\.$|\.\.)[A-Za-z0-9._-]{1,253}$/.test(text)
      ? undefined
      : 'only a-z, A-Z, 0-9, ".", "_" and "-", at most 253 characters; not "." and not ".." at the beginning',
};
