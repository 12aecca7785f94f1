/** A fault of the output, which is a fault of this program and not of the fleet. */
import type { PlacedObject } from './cluster-objects';

export interface OutputFault {
  /** Below the output folder. */
  readonly file: string;
  /** Kind, namespace and name; absent when the file as a whole is wrong. */
  readonly object?: string;
  /** Continues a sentence that begins with the object, or the file. */
  readonly reason: string;
}

/** How a check says that an object is wrong. */
export type ReportFault = (placed: PlacedObject, reason: string) => void;
