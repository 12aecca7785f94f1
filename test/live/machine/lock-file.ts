/** Keeps two runs on one machine from doing the same work at once. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Waits until no other process holds the lock of a file, and holds it.
 *
 * flock(1) of util-linux holds the lock as long as its standard input is open, so that it ends with this process, however that ends.
 * @returns what releases the lock
 */
export async function lockFile(file: string): Promise<() => void> {
  const holder = spawn('flock', [file, 'sh', '-c', 'echo held; exec cat'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(holder, 'exit').then(([code]) => {
    throw new Error(`flock ${file} ended with ${code}`);
  });
  await Promise.race([once(holder.stdout, 'data'), ended]);
  ended.catch(() => undefined);
  return () => holder.stdin.end();
}
