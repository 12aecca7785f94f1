/** The message of an error, followed by those of its causes. */
export function errorChain(error: unknown): string {
  const { message, cause } = error instanceof Error ? error : { message: String(error), cause: undefined };
  return cause === undefined ? message : `${message}: ${errorChain(cause)}`;
}
