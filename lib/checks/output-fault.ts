/** A fault of the output, which is a fault of this program and not of the fleet. */
import type { PlacedObject } from './cluster-objects';

export interface OutputFault {
  /** Path below the output folder. */
  readonly file: string;
  /** Kind, namespace and name; absent when the file as a whole is wrong. */
  readonly object?: string;
  /** The rest of a sentence whose subject is the object or the file. */
  readonly reason: string;
}

/** Reports a fault of an object. */
export type ReportFault = (placed: PlacedObject, reason: string) => void;
