/** A row of the table of prerequisites. */
export interface Requirement {
  readonly what: string;
  readonly why: string;
}
