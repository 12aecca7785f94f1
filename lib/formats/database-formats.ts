/** Formats of the names of databases and their users, and of keys of a Secret. */
import type { Format } from './formats';

const NAME = '^[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}$';

/**
 * Name of a database or of its user. It is written into connection strings without quotes, so it contains only
 * characters that have no special meaning there in PostgreSQL and MySQL. PostgreSQL cuts names after 63 bytes.
 */
export const databaseName: Format = {
  what: 'the name of a database or of its user',
  example: 'spire',
  pattern: NAME,
  check: (text) =>
    new RegExp(NAME).test(text) ? undefined : 'only a-z, A-Z, 0-9, "_", "." and "-" are allowed, at most 63 characters',
};

/** Key of a Secret. @see https://kubernetes.io/docs/concepts/configuration/secret/#restriction-names-data */
export const secretKey: Format = {
  what: 'a key of a Secret',
  example: 'password',
  pattern: '^[A-Za-z0-9._-]{1,253}$',
  check: (text) =>
    /^(?!\.$|\.\.)[A-Za-z0-9._-]{1,253}$/.test(text)
      ? undefined
      : 'only a-z, A-Z, 0-9, ".", "_" and "-" are allowed, at most 253 characters; "." and a leading ".." are not allowed',
};
