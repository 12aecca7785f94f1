/** Is the one description of what a fleet file may hold: its shape, its limits and what each key means. */
import { z } from 'zod';
import * as addressFormats from './address-formats';
import { DEFAULTS, defaultRootFile } from './defaults';
import * as formats from './formats';

/** A text of a format; the format travels in the metadata so that a fault can name it. */
function text(format: formats.Format, meaning: string) {
  return z
    .string()
    .superRefine((value, context) => {
      const reason = format.check(value);
      if (reason !== undefined) {
        context.addIssue({ code: 'custom', params: { format, reason } });
      }
    })
    .meta({ description: meaning, pattern: format.pattern, examples: [format.example] });
}

const port = (meaning: string) => z.int().min(1).max(65535).describe(meaning);
const names = (meaning: string) =>
  z.array(text(formats.shortName, 'A name used as a key elsewhere in this file.')).min(1).max(1000).describe(meaning);
const named = <Value extends z.ZodType>(value: Value, meaning: string) =>
  z.record(text(formats.shortName, 'A name.'), value).describe(meaning);

const versions = z
  .strictObject({
    spire: text(formats.release, `SPIRE server. Default: ${DEFAULTS.versions.spire}.`).optional(),
    agent: text(
      formats.release,
      'SPIRE agent: not newer than the server and at most one minor version older. Default: the same as spire.',
    ).optional(),
    istio: text(formats.release, `Istio. Default: ${DEFAULTS.versions.istio}.`).optional(),
    kubernetes: text(
      formats.kubernetesMinor,
      `Minor version of the oldest kubelet, in quotes. Default: "${DEFAULTS.versions.kubernetes}".`,
    ).optional(),
  })
  .describe('Versions that the manifests are made for.');

const spire = z
  .strictObject({
    namespaces: z
      .enum(['separate', 'shared'])
      .optional()
      .describe(
        `separate: the server in spire-server, agents and CSI driver in spire-system, so that the server runs under the restricted Pod Security level. shared: all in spire. Default: ${DEFAULTS.spire.namespaces}.`,
      ),
    caTtl: text(
      formats.duration,
      `Life of the server's own CA. Peers must poll within a third of it to follow a rotation. Default: ${DEFAULTS.spire.caTtl}.`,
    ).optional(),
    x509SvidTtl: text(
      formats.duration,
      `Life of an X.509-SVID; at most a sixth of caTtl. Default: ${DEFAULTS.spire.x509SvidTtl}, or a sixth of caTtl where that is shorter.`,
    ).optional(),
    jwtSvidTtl: text(
      formats.duration,
      `Life of a JWT-SVID; at most a sixth of caTtl. Default: ${DEFAULTS.spire.jwtSvidTtl}.`,
    ).optional(),
    logLevel: z
      .enum(['DEBUG', 'INFO', 'WARN', 'ERROR'])
      .optional()
      .describe(`Log level of server and agents. Default: ${DEFAULTS.spire.logLevel}.`),
    storage: z
      .strictObject({
        size: z
          .string()
          .regex(/^[1-9][0-9]{0,5}(Mi|Gi|Ti)$/)
          .meta({ examples: ['1Gi'] })
          .optional()
          .describe(
            `Size of the volume that keeps the CA and the datastore. Cannot be changed after the first apply. Default: ${DEFAULTS.spire.storageSize}.`,
          ),
        storageClass: text(
          formats.objectName,
          "StorageClass of the volume. Default: the cluster's own default class.",
        ).optional(),
      })
      .optional()
      .describe("The server's volume."),
    webhookFailurePolicy: z
      .enum(['Ignore', 'Fail'])
      .optional()
      .describe(
        `What the API server does when the controller manager cannot be asked about a SPIRE resource. Fail refuses resources of the first apply, before the server runs. Default: ${DEFAULTS.spire.webhookFailurePolicy}.`,
      ),
  })
  .describe('How SPIRE runs.');

const istio = z
  .strictObject({
    dataplane: z.enum(['sidecar', 'ambient']).optional().describe('Only sidecar works with SPIRE. Default: sidecar.'),
  })
  .describe('How Istio runs.');

const trust = z
  .strictObject({
    root: text(
      formats.relativePath,
      `PEM file with the trust domain's root certificate; peers trust it from the first contact on. Default: ${defaultRootFile('<trust domain>')}, unless bundle is given or the profile is https_web.`,
    ).optional(),
    secret: text(
      formats.objectName,
      `Secret of type kubernetes.io/tls in the namespace of the server: an intermediate CA (tls.crt) under root and its key (tls.key). It is never part of the output. Default: ${DEFAULTS.upstreamSecret}.`,
    ).optional(),
    bundle: text(
      formats.relativePath,
      'SPIFFE bundle (JWKS) of a server that signs with a CA of its own, fetched with: spire-server bundle show -format spiffe.',
    ).optional(),
  })
  .describe('Where the trust in this domain comes from.');

const bundleEndpoint = z
  .strictObject({
    address: text(addressFormats.address, 'IP address or DNS name at which peers reach this bundle endpoint.'),
    port: port(
      `Port at which peers reach it. Default: ${DEFAULTS.bundleEndpoint.port}; with expose: NodePort it must be given.`,
    ).optional(),
    expose: z
      .enum(['LoadBalancer', 'NodePort', 'ClusterIP'])
      .optional()
      .describe(
        `Type of the Service. With ClusterIP, something of your own leads from address to it. Default: ${DEFAULTS.bundleEndpoint.expose}.`,
      ),
    profile: z
      .enum(['https_spiffe', 'https_web'])
      .optional()
      .describe(
        `How the endpoint proves who it is: by its SVID, or by a certificate of the public web. Default: ${DEFAULTS.bundleEndpoint.profile}.`,
      ),
    webCertificate: text(
      formats.objectName,
      'Secret of type kubernetes.io/tls in the namespace of the server, with the certificate of a https_web endpoint.',
    ).optional(),
    refreshHint: text(
      formats.duration,
      `How often peers are asked to poll. Default: ${DEFAULTS.bundleEndpoint.refreshHint}.`,
    ).optional(),
  })
  .describe('Where peers fetch the bundle of this trust domain.');

const loadBalancer = z
  .strictObject({
    metallb: z
      .strictObject({
        addresses: z
          .array(text(addressFormats.addressRange, 'CIDR or first-last.'))
          .min(1)
          .max(100)
          .describe('Addresses MetalLB may hand out to the Services of this fleet.'),
      })
      .describe('MetalLB in L2 mode; it must be installed in metallb-system.'),
  })
  .describe('Who gives Services of type LoadBalancer their address. Default: what the cluster brings along.');

const gateway = z
  .strictObject({
    address: text(addressFormats.address, 'IP address or DNS name at which other clusters reach the ingress gateway.'),
    port: port(`Port at which they reach it. Default: ${DEFAULTS.gatewayPort}.`).optional(),
  })
  .describe("Istio's ingress gateway, where calls from other clusters arrive.");

const observability = z
  .boolean()
  .optional()
  .describe(
    `Whether Prometheus and Kiali are part of the output. Default: ${DEFAULTS.observability}; the cluster's own value wins.`,
  );

const cluster = z
  .strictObject({
    trustDomain: text(
      formats.trustDomain,
      'SPIFFE trust domain of this cluster. It cannot be renamed once SPIRE runs.',
    ),
    trust: trust.optional(),
    bundleEndpoint: bundleEndpoint.optional(),
    gateway: gateway.optional(),
    loadBalancer: loadBalancer.optional(),
    kubelet: z
      .strictObject({
        directory: text(
          formats.nodePath,
          `Folder of the kubelet on the nodes. Default: ${DEFAULTS.kubeletDirectory}.`,
        ).optional(),
        verification: z
          .boolean()
          .optional()
          .describe(
            `Whether agents verify the kubelet's certificate against the cluster's CA. Turn off only where kubelets serve self-signed certificates. Default: ${DEFAULTS.kubeletVerification}.`,
          ),
      })
      .optional()
      .describe('What is particular about the nodes.'),
    versions: versions.optional(),
    spire: spire.optional(),
    istio: istio.optional(),
    observability,
  })
  .describe('A Kubernetes cluster with a SPIRE server of its own.');

const federation = z
  .strictObject({
    between: names('Clusters that all federate with each other; at least two.').optional(),
    hub: text(formats.shortName, 'The cluster that federates with each of spokes.').optional(),
    spokes: names('Clusters that federate with hub, not with each other.').optional(),
  })
  .describe('Trust domains that know each other: between, or hub and spokes.');

const workload = z
  .strictObject({
    cluster: text(formats.shortName, 'The cluster it runs on.'),
    preset: z.enum(['bookinfo', 'curl-greeter']).optional().describe('A complete sample application.'),
    image: text(formats.image, 'Deploys this image; pinned by tag or digest.').optional(),
    pods: z
      .strictObject({
        labels: z
          .record(text(formats.labelKey, 'A label key.'), text(formats.labelValue, 'A label value.'))
          .describe('Labels that select its pods; at least one.'),
      })
      .optional()
      .describe('Pods that are deployed from elsewhere; this fleet gives them their identity and access.'),
    namespace: text(formats.dnsLabel, "Its namespace. Default: the workload's name.").optional(),
    serviceAccount: text(
      formats.objectName,
      "Its ServiceAccount. Default: the workload's name; a preset brings its own.",
    ).optional(),
    spiffeId: text(
      formats.spiffeId,
      'Path of its SPIFFE ID, for workloads that nobody calls. Default: /ns/<namespace>/sa/<service account>, as Istio expects.',
    ).optional(),
    service: text(
      formats.serviceName,
      "Service in front of its pods. Default: the workload's name for an image.",
    ).optional(),
    port: port('Port of its Service and of its container.').optional(),
    replicas: z.int().min(0).max(1000).optional().describe(`Pods of an image. Default: ${DEFAULTS.replicas}.`),
    host: text(formats.dnsName, 'Host name under which other clusters call it.').optional(),
    routes: z
      .array(text(formats.route, 'A path, or a prefix that ends with *.'))
      .min(1)
      .max(100)
      .optional()
      .describe('Paths that the gateway lets through. Default: all; a preset brings its own.'),
    credential: z
      .strictObject({
        secret: text(formats.objectName, "Secret in the gateway's namespace with tls.crt, tls.key and ca.crt."),
        spiffeId: text(
          formats.spiffeId,
          'SPIFFE ID in that certificate, which callers insist on. Default: the one of the workload itself.',
        ).optional(),
      })
      .optional()
      .describe("Serve host with a certificate of your own (Istio's MUTUAL) instead of the gateway's SVID."),
    calls: names('Workloads that it calls. Identities, federation, gateway and policies follow from this.').optional(),
  })
  .describe('An application: preset, image or pods.');

/** The whole fleet file. */
export const fleetSchema = z
  .strictObject({
    fleet: text(formats.shortName, 'Name of the fleet.'),
    versions: versions.optional(),
    spire: spire.optional(),
    istio: istio.optional(),
    observability,
    clusters: named(cluster, 'The clusters, by name. The name is also the name of the output folder.'),
    federation: z.array(federation).max(10000).optional().describe('Which clusters federate.'),
    workloads: named(workload, 'The workloads, by name.').optional(),
  })
  .describe('Trust domains, clusters and who calls whom.');

/** What a person wrote. */
export type Fleet = z.output<typeof fleetSchema>;
export type FleetCluster = z.output<typeof cluster>;
export type FleetWorkload = z.output<typeof workload>;
export type FleetVersions = z.output<typeof versions>;
export type FleetSpire = z.output<typeof spire>;
export type FleetFederation = z.output<typeof federation>;
