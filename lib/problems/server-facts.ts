/** The facts of problems with the plugins and the pods of SPIRE servers. */
import type { FleetPath } from './place';

export interface ServerProblemFacts {
  'invalid-certificates': { readonly file: string; readonly what: string; readonly reason: string };
  'database-shared': { readonly database: string; readonly other: string; readonly first: FleetPath };
  'autoscaling-without-room': { readonly maxReplicas: number; readonly replicas: number };
  'autoscaling-without-root': {
    readonly cluster: string;
    /** The file from which the cluster would take its root. */
    readonly rootFile: string;
    /** Key of an upstream authority that needs no settings. */
    readonly authority: string;
  };
  'nested-replicas': { readonly cluster: string; readonly replicas: number; readonly key: string };
  'replicas-share-nothing': {
    readonly replicas: number;
    readonly key: string;
    readonly datastore: string;
    readonly shared: readonly string[];
  };
  'needs-newer-spire': {
    readonly what: string;
    readonly since: string;
    readonly of: 'server' | 'agents';
    /** The version that they have. */
    readonly got: string;
    readonly at: FleetPath;
  };
  'ca-ttl-ignored': { readonly authority: string; readonly caTtl: string; readonly caTtlAt: FleetPath };
  'intermediate-renewed-late': { readonly renewBefore: string; readonly caTtl: string };
  'cloud-without-identity': {
    readonly plugin: string;
    readonly cloud: string;
    readonly key: string;
    /** Example settings of the identity, as a map in YAML's flow style. */
    readonly example: string;
  };
  'private-host-without-ca': { readonly host: string; readonly what: string };
  'interval-too-short': {
    readonly key: string;
    readonly given: string;
    readonly other: string;
    readonly otherGiven: string;
    readonly because: string;
  };
  'keys-not-kept': { readonly cluster: string; readonly profile: 'https_spiffe' | 'https_web' };
  'datastore-changed': { readonly from: string; readonly to: string };
  'key-manager-changed': { readonly from: string; readonly to: string; readonly volume: 'new' | 'gone' };
  'telemetry-without-effect': { readonly key: string; readonly because: string };
  'metrics-unscraped': {
    readonly cluster: string;
    /** Whether the cluster runs Istio, without which the output has no Prometheus. */
    readonly hasMesh: boolean;
  };
}
