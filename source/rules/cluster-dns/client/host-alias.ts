import type {Pod} from '../../../model/workloads/pod.ts';
import {sameName} from '../name.ts';

/** The hosts file of the pod is read before DNS is asked (kubernetes.io, Adding entries to Pod /etc/hosts with HostAliases). */
export function hostAliasOf(pod: Pod | undefined, name: string): string | undefined {
	return pod?.hostAliases?.find(({hostnames}) => hostnames.some((each) => sameName(each, name)))?.ip;
}
