/** Reads regular files up to a size limit. Refuses FIFOs, devices and endless files without blocking. */
import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { describeDiskError } from './describe-disk-error';

/** The reason why a file could not be read. */
export type FileFailure =
  | { readonly failure: 'missing' }
  | { readonly failure: 'unreadable'; readonly reason: string }
  /** `bytes`: a lower bound of the size. */
  | { readonly failure: 'too-large'; readonly bytes: number; readonly limit: number }
  | { readonly failure: 'not-utf8'; readonly offset: number };

/** The end of a sentence whose subject is the file. */
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

/** The first bytes of a file, and a lower bound of its size. */
export interface FileStart {
  readonly bytes: Buffer;
  readonly size: number;
}

/** @param length maximum number of bytes to read */
export function readStart(file: string, length: number): FileStart | FileFailure {
  try {
    // Check before opening, because opening a device can have side effects.
    const reason = notRegular(statSync(file));
    return reason === undefined ? readListed(file, length) : { failure: 'unreadable', reason };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return code === 'ENOENT' || code === 'ENOTDIR'
      ? { failure: 'missing' }
      : { failure: 'unreadable', reason: describeDiskError(error) };
  }
}

/**
 * Like `readStart`, for a file that a folder listing showed to be regular.
 * @throws the error of the disk
 */
export function readListed(file: string, length: number): FileStart {
  // If a FIFO replaced the file in the meantime, open would block until there is a writer.
  const opened = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    return startOf(opened, fstatSync(opened), length);
  } finally {
    closeSync(opened);
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

/** Reads from an open file. The size is only a hint, because some kernel files report size 0 but have content. */
function startOf(opened: number, { size }: Stats, length: number): FileStart {
  // Read one byte more, to detect that the file is longer.
  const most = length + 1;
  let bytes = Buffer.allocUnsafe(Math.min(size + 1, most));
  let filled = 0;
  for (;;) {
    const read = readSync(opened, bytes, filled, bytes.length - filled, null);
    filled += read;
    if (read === 0 || filled === most || filled === size) break;
    if (filled === bytes.length) bytes = Buffer.concat([bytes], Math.min(bytes.length * 2, most));
  }
  return { bytes: bytes.subarray(0, Math.min(filled, length)), size: Math.max(size, filled) };
}

/** Finds the longest prefix that the decoder accepts, because the decoder does not report where it failed. */
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
