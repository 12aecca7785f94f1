/** Words an error that nobody foresaw, with everything that led to it. */

/** What an error says, and what its cause does. */
export function reasonsOf(error: unknown): string {
  const { message, cause } = error instanceof Error ? error : { message: String(error), cause: undefined };
  return cause === undefined ? message : `${message}: ${reasonsOf(cause)}`;
}
