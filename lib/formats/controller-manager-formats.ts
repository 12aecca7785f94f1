/** Formats of the settings of spire-controller-manager. */
import { dnsLabel, type Format } from './formats';

/** Names of namespaces, with `*` for any characters. */
export const namespacePattern: Format = {
  what: 'the name of namespaces',
  example: 'openshift-*',
  pattern: '^[a-z0-9*]([a-z0-9*-]*[a-z0-9*])?$',
  check: (text) => (text === '*' ? 'it means all namespaces' : dnsLabel.check(text.replaceAll('*', 'x'))),
};

const ACTION =
  '\\{\\{ ?(\\.ClusterName|\\.NodeMeta\\.(Name|UID)|index \\.NodeMeta\\.Labels "[A-Za-z0-9./_-]+") ?\\}\\}';
const PARENT_ID = `^spiffe://\\{\\{ ?\\.TrustDomain ?\\}\\}(/([A-Za-z0-9._-]|${ACTION})+)+$`;

/** A template of Go for the SPIFFE ID of the parent of entries. @see spire-controller-manager pkg/spireentry/entries.go templateData */
export const parentIdTemplate: Format = {
  what: 'a template of a SPIFFE ID',
  example: 'spiffe://{{ .TrustDomain }}/nodes/{{ .ClusterName }}',
  pattern: PARENT_ID,
  check: (text) =>
    new RegExp(PARENT_ID).test(text)
      ? undefined
      : 'it must begin with "spiffe://{{ .TrustDomain }}/", and its path may have .ClusterName, .NodeMeta.Name, .NodeMeta.UID and labels of the node',
};
