package org.facteur.admin.watch;

import java.util.Map;

/**
 * What was read of Kafka at one time.
 *
 * @param underReplicated partitions with fewer replicas in sync than they should have
 * @param offline partitions without a leader
 * @param logOctets by topic, on the disks of all brokers together
 */
record ClusterState(int brokers, int underReplicated, int offline, Map<String, Long> logOctets) {}
