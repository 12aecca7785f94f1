/** TCP ports of protocols other than HTTP, to find workloads whose protocol the mesh cannot carry. */

/**
 * Assigned by IANA's registry of service names and port numbers (RFC 6335).
 * Ports of services that speak HTTP (such as 80, 631, 5984 and 8080) are left out.
 * @see https://www.iana.org/assignments/service-names-port-numbers
 */
const ASSIGNED: Readonly<Record<number, string>> = {
  20: 'FTP',
  21: 'FTP',
  22: 'SSH',
  23: 'Telnet',
  25: 'SMTP',
  53: 'DNS',
  88: 'Kerberos',
  110: 'POP3',
  111: 'ONC RPC',
  119: 'NNTP',
  135: 'DCE RPC',
  139: 'NetBIOS',
  143: 'IMAP',
  179: 'BGP',
  389: 'LDAP',
  445: 'SMB',
  465: 'SMTP',
  514: 'syslog',
  515: 'LPD',
  587: 'SMTP',
  636: 'LDAP',
  853: 'DNS',
  873: 'rsync',
  990: 'FTP',
  993: 'IMAP',
  995: 'POP3',
  1414: 'IBM MQ',
  1433: 'Microsoft SQL Server',
  1883: 'MQTT',
  2049: 'NFS',
  3306: 'MySQL',
  3389: 'RDP',
  3868: 'Diameter',
  4222: 'NATS',
  5060: 'SIP',
  5061: 'SIP',
  5222: 'XMPP',
  5269: 'XMPP',
  5432: 'PostgreSQL',
  5671: 'AMQP',
  5672: 'AMQP',
  5900: 'VNC',
  6379: 'Redis',
  6514: 'syslog',
  7687: 'Bolt',
  8883: 'MQTT',
  11211: 'memcached',
  26257: 'CockroachDB',
  27017: 'MongoDB',
  33060: 'MySQL',
  61613: 'STOMP',
};

/** Not assigned, or to somebody else, but the default of what nearly everybody runs there, by its own documentation. */
const CUSTOMARY: Readonly<Record<number, string>> = {
  1521: 'Oracle Database',
  2181: 'ZooKeeper',
  2380: "etcd's peer protocol",
  6432: 'PostgreSQL',
  9042: 'Cassandra',
  9092: 'Kafka',
  9093: 'Kafka',
  9094: 'Kafka',
  9300: "Elasticsearch's transport protocol",
  26379: 'Redis',
  27018: 'MongoDB',
  27019: 'MongoDB',
  50000: 'Db2',
  61616: 'OpenWire',
};

/** Of protocols that are, or carry, HTTP: a Service of one's own can say so (appProtocol), the one of an `image` says plain HTTP. */
const BEYOND_PLAIN_HTTP: Readonly<Record<number, string>> = {
  443: 'HTTPS',
  2379: 'gRPC',
  50051: 'gRPC',
};

/** A protocol that calls in the mesh cannot use. */
export interface ForeignProtocol {
  readonly protocol: string;
  /** What calls to a workload of this kind can be instead. */
  readonly carried: 'HTTP' | 'HTTP/1.1';
}

/** What a TCP port is well known for, where calls in the mesh cannot be that; undefined for all others. */
export function foreignProtocolOf(port: number, ownsService: boolean): ForeignProtocol | undefined {
  const foreign = ASSIGNED[port] ?? CUSTOMARY[port];
  if (foreign !== undefined) return { protocol: foreign, carried: 'HTTP' };
  const beyond = ownsService ? undefined : BEYOND_PLAIN_HTTP[port];
  return beyond === undefined ? undefined : { protocol: beyond, carried: 'HTTP/1.1' };
}
