import {accessFinding} from '../access.ts';
import {type Finding, finding} from '../finding.ts';
import type {KubeProxyContext} from './context.ts';
import type {ServiceProxy} from './service-proxy.ts';
import {namesList} from '../../rules/names-list.ts';
import {kubeProxyFindings} from './catalogue.ts';

/** Says where it is not known what makes Services work: not listed yet (902), or nothing says it (608). */
export function modeFindings({proxy, verdicts}: KubeProxyContext): readonly Finding[] {
	if (proxy.name !== undefined) {
		const unknown = verdicts.filter((each) => each.proxy.name === undefined);
		const [first] = unknown;
		// Other nodes are known, and the request may come by them: only a remark.
		return first
			? [
					unknownMode(
						first.proxy,
						unknown.map(({node}) => node.node),
						'info',
					),
				]
			: [];
	}

	const waiting = proxy.unread.find(
		({state}) => state.state === 'connecting' || state.state === 'not-watched',
	);
	const access = waiting && accessFinding(waiting.kind, waiting.namespace, waiting.state);
	return [access ?? unknownMode(proxy, verdicts.map(({node}) => node.node).filter(Boolean))];
}

function unknownMode(
	{unread, why, evidence}: ServiceProxy,
	nodes: readonly string[],
	severity?: 'info',
): Finding {
	const forbidden = unread.filter(({state}) => state.state === 'forbidden').map(({kind}) => kind);
	const absent = unread.filter(({state}) => state.state === 'absent').map(({kind}) => kind);
	const reason =
		why ??
		(forbidden.length > 0
			? `you may not list ${forbidden.join(', ')} in kube-system`
			: absent.length > 0
				? `the input holds no ${absent.join(', ')} of kube-system`
				: 'kube-system has no kube-proxy');
	const where = nodes.length > 0 ? namesList(nodes) : 'the nodes';
	return finding(kubeProxyFindings.proxyModeUnknown, {
		severity,
		message: `What makes Services work on ${where} is not known: ${reason}.`,
		evidence:
			evidence.length > 0
				? evidence
				: unread.length > 0
					? unread.map(({kind, state}) => ({object: kind, path: 'list', value: state.state}))
					: [{object: 'ConfigMap/kube-system/kube-proxy', path: 'data', value: 'absent'}],
		remedy:
			forbidden.length > 0
				? 'Ask for get, list and watch on configmaps, daemonsets and pods in kube-system; knet rbac prints the role.'
				: 'Find out what makes Services work here: kube-proxy on the nodes themselves, or a network plugin in its place.',
		command: 'kubectl -n kube-system get configmaps,daemonsets,pods',
	});
}
