/** Which metrics the components of SPIRE give, and to whom. */

/** What is absent has the default of SPIRE. */
export interface ResolvedTelemetry {
  /** Absent where no component serves metrics over HTTP. */
  readonly prometheus?: ResolvedScraping;
  /** Host and UDP port of each collector, like those of the next two. */
  readonly statsd?: readonly string[];
  readonly dogstatsd?: readonly string[];
  readonly m3?: readonly { readonly address: string; readonly env: string }[];
  /** Whether metrics are kept in memory, for the log. */
  readonly inMemory?: boolean;
  /** In place of `spire` in the names of metrics. */
  readonly metricPrefix?: string;
  readonly trustDomainLabel?: boolean;
  readonly hostnameLabel?: boolean;
  readonly allowedPrefixes?: readonly string[];
  readonly blockedPrefixes?: readonly string[];
  readonly allowedLabels?: readonly string[];
  readonly blockedLabels?: readonly string[];
}

export interface ResolvedScraping {
  /** Who may scrape; never empty. */
  readonly scrapers: readonly Scraper[];
  /** Whether the Prometheus of the output scrapes by a job of its own. */
  readonly byOutput: boolean;
  /** Whether annotations tell a Prometheus where to scrape. */
  readonly annotations: boolean;
  /** Present where the output has PodMonitors. */
  readonly podMonitors?: PodMonitorSettings;
}

/** What the operator of Prometheus reads from the PodMonitors of SPIRE. */
export interface PodMonitorSettings {
  /** By which a Prometheus selects them. @default - none beside those of every object */
  readonly labels?: Readonly<Record<string, string>>;
  /** As a duration of Prometheus, such as `30s`. @default - that of the Prometheus */
  readonly interval?: string;
}

/** Pods that collect metrics. */
export interface Scraper {
  readonly namespace: string;
  /** Empty for every pod of the namespace. */
  readonly podLabels: Readonly<Record<string, string>>;
}
