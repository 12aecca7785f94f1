/** Which metrics the components of SPIRE give, and to whom. */

/** Never empty: a cluster without metrics has none of it. */
export interface ResolvedTelemetry {
  /** Absent where no component serves metrics over HTTP. */
  readonly prometheus?: ResolvedScraping;
}

export interface ResolvedScraping {
  /** Who may scrape; never empty. */
  readonly scrapers: readonly Scraper[];
  /** Whether the Prometheus of the output scrapes by a job of its own. */
  readonly byOutput: boolean;
  /** Whether annotations tell a Prometheus where to scrape. */
  readonly annotations: boolean;
}

/** Pods that collect metrics. */
export interface Scraper {
  readonly namespace: string;
  /** Empty for every pod of the namespace. */
  readonly podLabels: Readonly<Record<string, string>>;
}
