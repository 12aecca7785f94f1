/** An admission policy that refuses pods of the mesh whose proxy would not get its identity from SPIRE. */
import { Construct } from 'constructs';
import {
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicyBinding,
} from '../../imports/admissionregistration.k8s.io';
import {
  CSI_DRIVER,
  IDENTITY_LABEL,
  INJECT_LABEL,
  ISTIO,
  objectLabels,
  SIDECAR_TEMPLATES,
  TEMPLATES_ANNOTATION,
  WORKLOAD_SOCKET,
} from '../model/names';

const NAME = 'spire-proxy-required';

/**
 * A ValidatingAdmissionPolicy with its binding, for every namespace. It refuses three kinds of pods:
 *
 * - A pod created before istiod has registered its webhook. Istio does not inject a proxy into a running pod, so the pod
 *   would never get a proxy or an identity. Its controller creates it again until the webhook exists, so the order of
 *   applying does not matter.
 * - A pod on the host network, or with injection turned off. Istio never injects a proxy into it. The message says what to
 *   change.
 * - A pod with the label of a SPIFFE ID whose proxy was injected without the template for SPIRE. It would present a
 *   certificate of istiod, which pods with SVIDs do not trust.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/ in v1 since Kubernetes 1.30
 */
export class ProxyGuard extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const metadata = { name: NAME, labels: { ...objectLabels('proxy-guard', 'spire') } };
    new ValidatingAdmissionPolicy(this, 'policy', {
      metadata,
      spec: {
        failurePolicy: 'Fail',
        matchConstraints: {
          resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] }],
        },
        matchConditions: [{ name: 'proxy-of-spire', expression: `(${ASKS_FOR_IDENTITY}) || (${HAS_PROXY_AND_LABEL})` }],
        variables: [
          { name: 'asks', expression: ASKS_FOR_IDENTITY },
          { name: 'usesSocket', expression: PROXY_USES_SOCKET },
        ],
        // The API server responds with the message of the first validation that fails.
        validations: REFUSALS.map(({ where, message }) => ({
          expression: `variables.usesSocket || !(${where})`,
          message,
          reason: 'Forbidden',
        })),
      },
    });
    new ValidatingAdmissionPolicyBinding(this, 'binding', {
      metadata,
      spec: { policyName: NAME, validationActions: ['Deny'] },
    });
  }
}

/** A CEL expression. Names of templates contain no special characters of regular expressions. */
const ASKS_FOR_IDENTITY =
  `has(object.metadata.annotations) && '${TEMPLATES_ANNOTATION}' in object.metadata.annotations && ` +
  `object.metadata.annotations['${TEMPLATES_ANNOTATION}'].matches('(^|,) *(${ISTIO.sidecarTemplate}|${ISTIO.gatewayTemplate}) *(,|$)')`;

/** The proxy is an init container if Istio uses native sidecars, otherwise a normal container. */
const CONTAINERS = 'object.spec.containers + (has(object.spec.initContainers) ? object.spec.initContainers : [])';

const HAS_PROXY_AND_LABEL =
  `has(object.metadata.labels) && '${IDENTITY_LABEL}' in object.metadata.labels && ` +
  `(${CONTAINERS}).exists(c, c.name == 'istio-proxy')`;

/** Whether the proxy itself mounts a volume of the CSI driver. A mount in another container gives the proxy no identity. */
const PROXY_USES_SOCKET =
  `has(object.spec.volumes) && (${CONTAINERS}).exists(c, c.name == 'istio-proxy' && has(c.volumeMounts) && ` +
  `c.volumeMounts.exists(m, m.mountPath == '${WORKLOAD_SOCKET.proxyDirectory}' && ` +
  `object.spec.volumes.exists(v, v.name == m.name && has(v.csi) && v.csi.driver == '${CSI_DRIVER.driver}')))`;

const ON_HOST_NETWORK = 'has(object.spec.hostNetwork) && object.spec.hostNetwork';

/** The label takes precedence over the annotation (pkg/kube/inject/inject.go, injectRequired). */
const INJECTION_OFF =
  `has(object.metadata.labels) && '${INJECT_LABEL}' in object.metadata.labels ` +
  `? object.metadata.labels['${INJECT_LABEL}'] == 'false' ` +
  `: has(object.metadata.annotations) && '${INJECT_LABEL}' in object.metadata.annotations && ` +
  `object.metadata.annotations['${INJECT_LABEL}'] == 'false'`;

const INJECTION_OFF_IN_NAMESPACE =
  `has(namespaceObject.metadata.labels) && 'istio-injection' in namespaceObject.metadata.labels && ` +
  `namespaceObject.metadata.labels['istio-injection'] == 'disabled'`;

const ASKS = `the annotation ${TEMPLATES_ANNOTATION} asks for a proxy with an identity of SPIRE`;

/** The reasons to refuse a pod whose proxy does not use the SPIRE socket, the most specific one first. */
const REFUSALS: readonly { readonly where: string; readonly message: string }[] = [
  {
    where: `variables.asks && ${ON_HOST_NETWORK}`,
    message: `${ASKS}, and Istio injects none into a pod with hostNetwork; remove hostNetwork, or the annotation`,
  },
  {
    where: `variables.asks && (${INJECTION_OFF})`,
    message: `${ASKS}, and ${INJECT_LABEL}: "false" switches injection off; remove ${INJECT_LABEL}, or the annotation`,
  },
  {
    where: `variables.asks && ${INJECTION_OFF_IN_NAMESPACE}`,
    message: `${ASKS}, and the label istio-injection: disabled of its namespace switches injection off; use another namespace, or remove the annotation`,
  },
  {
    where: 'variables.asks',
    message: `${ASKS}, and no container istio-proxy mounts its socket; the pod is admitted once istiod runs and its webhook covers this namespace`,
  },
  {
    where: HAS_PROXY_AND_LABEL,
    message: `the label ${IDENTITY_LABEL} gives the pod an identity of SPIRE, and its proxy does not ask for it; add the annotation ${TEMPLATES_ANNOTATION}: ${SIDECAR_TEMPLATES}`,
  },
];
