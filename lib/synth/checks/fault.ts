/** How a check says that an object is wrong. */
import type { PlacedObject } from './cluster-objects';

/** `reason` continues a sentence that begins with the object. */
export type ReportFault = (placed: PlacedObject, reason: string) => void;
