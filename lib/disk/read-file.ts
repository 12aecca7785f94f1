/** Reads regular files within bounds: a FIFO, a device or a file without end is refused, and never waited for. */
import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { diskReason } from './disk-reason';

/** Why there is no text. */
export type FileFailure =
  | { readonly failure: 'missing' }
  | { readonly failure: 'unreadable'; readonly reason: string }
  /** `bytes`: at least so many. */
  | { readonly failure: 'too-large'; readonly bytes: number; readonly limit: number }
  | { readonly failure: 'not-utf8'; readonly offset: number };

/** As the end of a sentence that names the file. */
export function failureReason(failure: FileFailure): string {
  switch (failure.failure) {
    case 'missing':
      return 'it does not exist';
    case 'unreadable':
      return failure.reason;
    case 'too-large':
      return `it is ${failure.bytes} bytes, more than the limit of ${failure.limit}`;
    case 'not-utf8':
      return `byte ${failure.offset} is not UTF-8`;
  }
}

/** @param limit most bytes that the file may have */
export function readTextFile(file: string, limit: number): { readonly text: string } | FileFailure {
  const read = readFile(file, limit);
  return 'failure' in read ? read : decodeText(read.bytes);
}

/** @param limit most bytes that the file may have */
export function readFile(file: string, limit: number): { readonly bytes: Buffer } | FileFailure {
  const start = readStart(file, limit);
  if ('failure' in start) return start;
  const { bytes, size } = start;
  return size > limit ? { failure: 'too-large', bytes: size, limit } : { bytes };
}

/** The first bytes of a file, and how many it has at least. */
export function readStart(
  file: string,
  length: number,
): { readonly bytes: Buffer; readonly size: number } | FileFailure {
  try {
    // To open a device can do something; a FIFO that nobody writes to would wait.
    const kind = notRegular(statSync(file));
    if (kind !== undefined) return { failure: 'unreadable', reason: kind };
    const opened = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const stat = fstatSync(opened);
      const reason = notRegular(stat);
      return reason === undefined ? startOf(opened, stat, length) : { failure: 'unreadable', reason };
    } finally {
      closeSync(opened);
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return code === 'ENOENT' || code === 'ENOTDIR'
      ? { failure: 'missing' }
      : { failure: 'unreadable', reason: diskReason(error) };
  }
}

export function decodeText(bytes: Uint8Array): { readonly text: string } | FileFailure {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { failure: 'not-utf8', offset: firstInvalidByte(bytes) };
  }
}

function notRegular(stat: Stats): string | undefined {
  if (stat.isFile()) return undefined;
  return stat.isDirectory() ? 'it is a directory' : 'it is not a regular file';
}

/** Some files of the kernel say that they are empty, and are not: one byte more is asked for than is wanted. */
function startOf(opened: number, { size }: Stats, length: number): { readonly bytes: Buffer; readonly size: number } {
  const most = length + 1;
  let bytes = Buffer.allocUnsafe(Math.min(size + 1, most));
  let filled = 0;
  for (;;) {
    const read = readSync(opened, bytes, filled, bytes.length - filled, null);
    filled += read;
    if (read === 0 || filled === most) break;
    if (filled === bytes.length) bytes = Buffer.concat([bytes], Math.min(bytes.length * 2, most));
  }
  return { bytes: bytes.subarray(0, Math.min(filled, length)), size: Math.max(size, filled) };
}

/** The decoder does not say where it stopped; the longest beginning that it accepts ends there. */
function firstInvalidByte(bytes: Uint8Array): number {
  let [valid, invalid] = [0, bytes.length];
  while (invalid - valid > 1) {
    const middle = Math.floor((valid + invalid) / 2);
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, middle), { stream: true });
      valid = middle;
    } catch {
      invalid = middle;
    }
  }
  return valid;
}
