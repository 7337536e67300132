import {type Input, proxyBackend} from './backend.ts';
import type {HttpProxy} from '../../../model/routes/http-proxy.ts';
import {type RouterDecision, noDecision} from '../router.ts';
import {shared, type RouterBackend} from '../backends.ts';
import {cutAnswers} from '../cut-answers.ts';
import {refOf} from '../../../model/ref.ts';

/** processHTTPProxyTCPProxy: every connection for the name goes to the services. */
export function byTcp(
	input: Input,
	root: HttpProxy,
	find: (namespace: string, name: string) => HttpProxy | undefined,
): RouterDecision {
	const visited: HttpProxy[] = [root];
	let proxy: HttpProxy | undefined = root;
	while (proxy?.tcpProxy?.include && proxy.tcpProxy.services.length === 0) {
		const {namespace, name}: {readonly namespace?: string; readonly name: string} = proxy.tcpProxy.include;
		const next = find(namespace ?? proxy.namespace, name);
		proxy = next && !next.virtualHost && !visited.includes(next) ? next : undefined;
		visited.push(...(proxy ? [proxy] : []));
	}

	const services = proxy?.tcpProxy?.services ?? [];
	const last = visited.at(-1) ?? root;
	const isPassedOn = root.virtualHost?.tls?.passthrough === true;
	const backends = services.map((service, index) =>
		proxyBackend(input, last, {service, field: `spec.tcpproxy.services[${index}]`, isPassedOn}),
	);
	const broken = backends.find(({problem}) => problem);
	// One Service that is missing takes the whole tcpproxy with it.
	return services.length === 0 || broken
		? refusedTcp(root, last, broken)
		: {
				...noDecision,
				rule: tcpRule(root, last),
				backends: shared(backends, 'equal'),
				answers: cutAnswers(isPassedOn, true),
			};
}

function refusedTcp(root: HttpProxy, proxy: HttpProxy, broken: RouterBackend | undefined): RouterDecision {
	return {
		...noDecision,
		backends: broken ? [{...broken, share: 1}] : [],
		rule: tcpRule(root, proxy),
		problems: [
			{
				type: 'refused',
				object: refOf('HTTPProxy', proxy),
				field: 'spec.tcpproxy',
				value: broken?.name ?? 'no services',
				why: broken ? `Service ${broken.name} cannot be used` : 'its tcpproxy leads to no service',
				ends: 'tls-error',
			},
		],
	};
}

function tcpRule(root: HttpProxy, proxy: HttpProxy): NonNullable<RouterDecision['rule']> {
	const host = root.virtualHost?.fqdn ?? '';
	return {object: refOf('HTTPProxy', proxy), field: 'spec.tcpproxy', host, text: 'tcpproxy'};
}
