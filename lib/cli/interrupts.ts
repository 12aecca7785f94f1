/** Cleans up when a signal ends the process: Ctrl-C, a closed terminal, the end of a CI job. */

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The registered clean-ups. The latest runs first. */
const cleanUps: (() => void)[] = [];

/**
 * Runs a clean-up when a signal ends the process. Node runs it at the next pause of the computation.
 * @returns removes the clean-up
 */
export function onInterrupt(cleanUp: () => void): () => void {
  if (cleanUps.length === 0) for (const signal of SIGNALS) process.on(signal, cleanUpAndExit);
  cleanUps.unshift(cleanUp);
  return () => {
    const index = cleanUps.indexOf(cleanUp);
    if (index < 0) return;
    cleanUps.splice(index, 1);
    if (cleanUps.length === 0) stopListening();
  };
}

function cleanUpAndExit(signal: NodeJS.Signals): void {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
  stopListening();
  // Sends the signal again, so that the exit status shows which signal ended the process.
  process.kill(process.pid, signal);
}

function stopListening(): void {
  for (const signal of SIGNALS) process.off(signal, cleanUpAndExit);
}
