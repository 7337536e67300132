import {UserError} from '../../errors.ts';
import type {ConnectOptions} from '../connect-options.ts';
import {type ClusterAccess, overrideCluster, overrideUser} from './access.ts';
import type {ClusterEntry, ContextEntry, Kubeconfig, UserEntry} from './kubeconfig.ts';
import {nearest} from './nearest.ts';
import {verifyCluster, verifyUser} from './verify.ts';

/**
What kubeconfig and flags together point at, or undefined when they point at no cluster (then kubectl tries the pod it
runs in). Names that do not exist fail, with the nearest one that does.
*/
export function selectAccess(kubeconfig: Kubeconfig, options: ConnectOptions): ClusterAccess | undefined {
	const contextName = options.context || kubeconfig.currentContext || '';
	const context = contextName === '' ? {} : contextNamed(kubeconfig, contextName);
	const clusterName = options.cluster || context.cluster || '';
	const userName = options.user || context.user || '';
	const cluster = overrideCluster(clusterNamed(kubeconfig, clusterName, options), options);
	if (!cluster.server) {
		return contextName === '' && clusterName === ''
			? undefined
			: refuse(`cluster "${clusterName}" has no server in the kubeconfig`);
	}

	const user = overrideUser(userNamed(kubeconfig, userName), options);
	verifyCluster(cluster, clusterName);
	verifyUser(user, userName, options);
	return {
		context: contextName,
		clusterName,
		userName,
		namespace: options.namespace || context.namespace || 'default',
		cluster: {...cluster, server: cluster.server},
		user,
	};
}

function contextNamed(kubeconfig: Kubeconfig, name: string): ContextEntry {
	return kubeconfig.contexts.get(name) ?? unknown('context', name, kubeconfig.contexts.keys());
}

function clusterNamed(kubeconfig: Kubeconfig, name: string, options: ConnectOptions): ClusterEntry {
	const found = kubeconfig.clusters.get(name);
	// `--server` alone is enough to reach a cluster that no file describes.
	return found ?? (name === '' || options.server ? {} : unknown('cluster', name, kubeconfig.clusters.keys()));
}

function userNamed(kubeconfig: Kubeconfig, name: string): UserEntry {
	// No user at all is the anonymous one.
	return kubeconfig.users.get(name) ?? (name === '' ? {} : unknown('user', name, kubeconfig.users.keys()));
}

function unknown(what: 'context' | 'cluster' | 'user', name: string, known: Iterable<string>): never {
	const names = [...known];
	const near = nearest(name, names);
	const choice =
		near !== undefined
			? `did you mean "${near}"?`
			: names.length === 0
				? `the kubeconfig has no ${what}s`
				: `it has: ${names.slice(0, 10).join(', ')}`;
	return refuse(`no ${what} "${name}" in the kubeconfig; ${choice}`);
}

function refuse(message: string): never {
	throw new UserError(message, 'kubectl config view shows what the kubeconfig holds.');
}
