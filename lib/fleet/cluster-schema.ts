/** The schema of a cluster, and of the settings that a fleet can give for all clusters. */
import * as z from 'zod';
import { EXPOSURES } from '../exposure/catalog';
import type { Exposure } from '../exposure/exposure';
import * as addressFormats from '../formats/address-formats';
import * as durations from '../formats/duration-formats';
import * as formats from '../formats/formats';
import { because, mapOf, port, text } from '../formats/schema-kit';
import { DEFAULT_PLATFORM } from '../platforms/catalog';
import { agent } from './agent-schema';
import { controllerManager } from './controller-manager-schema';
import { DEFAULTS, defaultNestedRootFile } from './defaults';
import { commonLogKeys } from './log-schema';
import { observability } from './observability-schema';
import { platform } from './platform-schema';
import { server } from './server-schema';
import { serviceKeys } from './service-schema';
import { telemetry } from './telemetry-schema';
import { trust } from './trust-schema';
import { versions } from './versions-schema';

export const spire = z
  .strictObject({
    namespaces: z
      .enum(['separate', 'shared'])
      .optional()
      .describe(
        `separate: the server in spire-server, agents and CSI driver in spire-system, so that the server runs under the restricted Pod Security level. shared: all in spire. Default: ${DEFAULTS.spire.namespaces}.`,
      )
      .meta({ default: DEFAULTS.spire.namespaces }),
    caTtl: text(
      durations.caTtl,
      `Life of the server's own CA. Peers must poll within a third of it to follow a rotation. ${durations.boundsOf(durations.caTtl)} Default: ${DEFAULTS.spire.caTtl}.`,
    )
      .optional()
      .meta({ default: DEFAULTS.spire.caTtl }),
    x509SvidTtl: text(
      durations.x509SvidTtl,
      `Life of an X.509-SVID; at most a sixth of caTtl, and a week. ${durations.boundsOf(durations.x509SvidTtl)} Default: ${DEFAULTS.spire.x509SvidTtl}, or a sixth of caTtl where that is shorter.`,
    ).optional(),
    jwtSvidTtl: text(
      durations.jwtSvidTtl,
      `Life of a JWT-SVID; at most a sixth of caTtl, and a week. ${durations.boundsOf(durations.jwtSvidTtl)} Default: ${DEFAULTS.spire.jwtSvidTtl}.`,
    )
      .optional()
      .meta({ default: DEFAULTS.spire.jwtSvidTtl }),
    ...commonLogKeys,
    storage: z
      .strictObject({
        size: z
          .string()
          .regex(/^[1-9][0-9]{0,5}(Mi|Gi|Ti)$/)
          .meta({ examples: ['1Gi'] })
          .optional()
          .describe(
            `Size of the volume that keeps the CA and the datastore. Cannot be changed after the first apply. Default: ${DEFAULTS.spire.storageSize}.`,
          )
          .meta({ default: DEFAULTS.spire.storageSize }),
        storageClass: text(
          formats.objectName,
          "StorageClass of the volume. Default: the cluster's own default class.",
          'standard',
        ).optional(),
      })
      .optional()
      .describe("The server's volume."),
    server: server.optional(),
    agent: agent.optional(),
    controllerManager: controllerManager.optional(),
    telemetry: telemetry.optional(),
    networkPolicies: z
      .boolean()
      .optional()
      .describe(
        `Whether NetworkPolicies close SPIRE's pods to everything that they do not need. Default: ${DEFAULTS.spire.networkPolicies}.`,
      )
      .meta({ default: DEFAULTS.spire.networkPolicies }),
    apiServerPorts: z
      .array(port('A TCP port.'))
      .min(1)
      .max(10)
      .optional()
      .describe(
        `Ports at which the API server itself listens, behind its Service; the server's NetworkPolicy opens them. Default: those of the platform; on ${DEFAULT_PLATFORM.name} ${DEFAULT_PLATFORM.facts.apiServerPorts.value.join(' and ')}.`,
      )
      .meta({ examples: [[6443]] }),
    dnsPorts: z
      .array(port('A port, of TCP and UDP.'))
      .min(1)
      .max(10)
      .optional()
      .describe(
        `Ports at which the pods of the cluster's DNS listen, behind its Service; the NetworkPolicies of server and agents open them. Default: those of the platform; on ${DEFAULT_PLATFORM.name} ${DEFAULT_PLATFORM.facts.dnsPorts.value.join(', ')}.`,
      )
      .meta({ examples: [[53]] }),
    webhookFailurePolicy: z
      .enum(['Ignore', 'Fail'])
      .optional()
      .describe(
        `What the API server does when the controller manager cannot be asked about a SPIRE resource. Fail refuses resources of the first apply, before the server runs. Default: ${DEFAULTS.spire.webhookFailurePolicy}.`,
      )
      .meta({ default: DEFAULTS.spire.webhookFailurePolicy }),
  })
  .describe('How SPIRE runs.');

export const istio = z
  .strictObject({
    dataplane: z
      .enum(['sidecar', 'none', 'ambient'])
      .optional()
      .describe(
        'sidecar: proxies speak mutual TLS for the pods. none: a cluster without Istio, whose programs ask the Workload API themselves. ambient does not work with SPIRE. Default: sidecar.',
      )
      .meta({ default: 'sidecar' }),
    cni: z
      .boolean()
      .optional()
      .describe(
        `Whether Istio's CNI plugin leads the traffic of pods to their proxies, in place of an init container of each pod. Namespaces of the mesh then enforce Pod Security baseline, or restricted where their pods are known to fit; else privileged, which the init container needs. Default: ${DEFAULTS.istio.cni}.`,
      )
      .meta({ default: DEFAULTS.istio.cni }),
    plainText: mapOf(
      text(formats.dnsLabel, 'A namespace.', 'shop'),
      z
        .strictObject({
          because: because('Which callers have no proxy, and until when. It is shown in the generated README.'),
        })
        .describe('An exception for one namespace.'),
    )
      .optional()
      .describe(
        'Namespaces, by name, whose pods take plain text beside mutual TLS. Pods of workloads of this fleet do not: they have a plainText of their own. Default: none, every proxy of the mesh refuses plain text.',
      ),
  })
  .describe('How Istio runs.');

const exposures: readonly Exposure[] = EXPOSURES;
const MUST_WRITE_PORT = exposures
  .filter(({ nodePorts }) => nodePorts !== undefined)
  .map(({ name }) => `with expose: ${name} it must be given.`)
  .join(' ');

const bundleEndpoint = z
  .strictObject({
    address: text(addressFormats.address, 'IP address or DNS name at which peers reach this bundle endpoint.'),
    port: port(`Port at which peers reach it. Default: ${DEFAULTS.bundleEndpoint.port}; ${MUST_WRITE_PORT}`)
      .optional()
      .meta({ default: DEFAULTS.bundleEndpoint.port }),
    expose: z
      .enum(EXPOSURES.map(({ name }) => name))
      .optional()
      .describe(
        `How peers reach the Service: ${EXPOSURES.map(({ name, summary }) => `${name}: ${summary}`).join('; ')}. Default: ${DEFAULTS.bundleEndpoint.expose}.`,
      )
      .meta({ default: DEFAULTS.bundleEndpoint.expose }),
    profile: z
      .enum(['https_spiffe', 'https_web'])
      .optional()
      .describe(
        `How the endpoint proves who it is: by its SVID, or by a certificate of the public web. Default: ${DEFAULTS.bundleEndpoint.profile}.`,
      )
      .meta({ default: DEFAULTS.bundleEndpoint.profile }),
    webCertificate: text(
      formats.objectName,
      'Secret of type kubernetes.io/tls in the namespace of the server, with the certificate of a https_web endpoint.',
      'spire-web-certificate',
    ).optional(),
    refreshHint: text(
      durations.refreshHint,
      `How often peers are asked to poll. ${durations.boundsOf(durations.refreshHint)} Default: ${DEFAULTS.bundleEndpoint.refreshHint}.`,
    )
      .optional()
      .meta({ default: DEFAULTS.bundleEndpoint.refreshHint }),
    ...serviceKeys,
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
    port: port(`Port at which they reach it. Default: ${DEFAULTS.gatewayPort}.`)
      .optional()
      .meta({ default: DEFAULTS.gatewayPort }),
    x509SvidTtl: text(
      durations.x509SvidTtl,
      `Life of its X.509-SVIDs; at most a sixth of caTtl, and a week. ${durations.boundsOf(durations.x509SvidTtl)} Without it, spire.x509SvidTtl applies.`,
      '1h',
    ).optional(),
    ...serviceKeys,
  })
  .describe("Istio's ingress gateway, where calls from other clusters arrive.");

const serverApi = z
  .strictObject({
    address: text(
      addressFormats.address,
      "IP address or DNS name at which nested clusters reach this cluster's SPIRE server.",
    ),
    port: port(`Port at which they reach it. Default: ${DEFAULTS.serverApi.port}.`)
      .optional()
      .meta({ default: DEFAULTS.serverApi.port }),
    ...serviceKeys,
    root: text(
      formats.relativePath,
      `PEM file with the root of the certificates by which nested servers prove who they are. Never a root of a trust domain: every SVID would pass. Default: ${defaultNestedRootFile('<trust domain>')}.`,
    ).optional(),
  })
  .describe('Where the SPIRE servers of nested clusters reach the one of this cluster.');

export const cluster = z
  .strictObject({
    trustDomain: text(
      formats.trustDomain,
      'SPIFFE trust domain of this cluster. It cannot be renamed once SPIRE runs.',
    ),
    formerTrustDomain: text(
      formats.trustDomain,
      'Trust domain that this cluster had before; says that the new one is meant. The generated README then has the steps of the change.',
      'former.example.org',
    ).optional(),
    nestedUnder: text(
      formats.shortName,
      'Cluster of the same trust domain whose SPIRE server signs for the one of this cluster, and federates for both.',
    ).optional(),
    serverApi: serverApi.optional(),
    trust: trust.optional(),
    bundleEndpoint: bundleEndpoint.optional(),
    gateway: gateway.optional(),
    loadBalancer: loadBalancer.optional(),
    kubelet: z
      .strictObject({
        directory: text(
          formats.nodePath,
          `Folder of the kubelet on the nodes. Default: that of the platform; on ${DEFAULT_PLATFORM.name} ${DEFAULT_PLATFORM.facts.kubeletDirectory.value}.`,
        ).optional(),
        address: z
          .enum(['hostIP', 'nodeName'])
          .optional()
          .describe(
            `How an agent addresses the kubelet of its node, which must be in the kubelet's certificate. hostIP: by the node's IP address. nodeName: by the node's name, for certificates without an IP address, as on OpenShift; the cluster's DNS must know the name. Default: that of the platform; on ${DEFAULT_PLATFORM.name} ${DEFAULT_PLATFORM.facts.kubeletAddress.value}.`,
          ),
        verification: z
          .boolean()
          .optional()
          .describe(
            `Whether agents verify the kubelet's certificate against the cluster's CA. Turn off only where kubelets serve self-signed certificates. Default: that of the platform; on ${DEFAULT_PLATFORM.name} ${DEFAULT_PLATFORM.facts.kubeletVerification.value}.`,
          ),
      })
      .optional()
      .describe('What is particular about the nodes.'),
    platform: platform.optional(),
    versions: versions.optional(),
    spire: spire.optional(),
    istio: istio.optional(),
    observability,
  })
  .describe('A Kubernetes cluster with a SPIRE server of its own.');
