/** Reads standard input to its end, from a file, a terminal or a slow pipe. */
import type { Readable } from 'node:stream';
import { describeDiskError } from '../disk/describe-disk-error';
import { decodeText, failureReason } from '../disk/read-file';

/** The failure is a sentence for a person. */
export type Input = { readonly text: string } | { readonly failure: string };

/** A Pod is below 2 MiB, the limit of etcd. A bundle of a thousand keys is below 1 MiB. */
export const MAX_INPUT_BYTES = 16 * 1024 * 1024;

/** Stops at the limit, so that an input without end is refused. */
export async function readInput(input: Readable): Promise<Input> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of input as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > MAX_INPUT_BYTES) {
        return {
          failure: `standard input is larger than ${MAX_INPUT_BYTES} bytes, which is too large for a Pod or a bundle`,
        };
      }
      chunks.push(chunk);
    }
  } catch (error) {
    return { failure: `standard input cannot be read: ${describeDiskError(error)}` };
  }
  const read = decodeText(Buffer.concat(chunks));
  return 'text' in read ? read : { failure: `standard input cannot be read: ${failureReason(read)}` };
}
