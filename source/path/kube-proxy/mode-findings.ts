import {accessFinding} from '../access.ts';
import {type Finding, finding} from '../finding.ts';
import type {ProxyMode} from './proxy-mode.ts';
import {kubeProxyFindings} from './catalogue.ts';

/** Says what is not known of the proxy: not listed yet (902), or nothing says it (608). */
export function modeFindings(mode: ProxyMode): readonly Finding[] {
	if (mode.text !== 'unknown') {
		return [];
	}

	const waiting = mode.unread.find(
		({state}) => state.state === 'connecting' || state.state === 'not-watched',
	);
	const access = waiting && accessFinding(waiting.kind, waiting.namespace, waiting.state);
	return [access ?? unknownMode(mode)];
}

function unknownMode({unread}: ProxyMode): Finding {
	const forbidden = unread.filter(({state}) => state.state === 'forbidden').map(({kind}) => kind);
	const absent = unread.filter(({state}) => state.state === 'absent').map(({kind}) => kind);
	const why =
		forbidden.length > 0
			? `you may not list ${forbidden.join(', ')} in kube-system`
			: absent.length > 0
				? `the input holds no ${absent.join(', ')} of kube-system`
				: 'kube-system has neither its configuration nor its pods';
	return finding(kubeProxyFindings.proxyModeUnknown, {
		message: `Nothing says how Services are made to work on the nodes: ${why}. What follows assumes kube-proxy's rules.`,
		evidence:
			unread.length > 0
				? unread.map(({kind, state}) => ({object: kind, path: 'list', value: state.state}))
				: [{object: 'ConfigMap/kube-system/kube-proxy', path: 'data', value: 'absent'}],
		remedy:
			forbidden.length > 0
				? 'Ask for get, list and watch on configmaps, daemonsets and pods in kube-system; knet rbac prints the role.'
				: 'Find out what proxies Services here: kube-proxy on the nodes themselves, or a CNI in its place.',
		command: 'kubectl -n kube-system get configmaps,daemonsets,pods',
	});
}
