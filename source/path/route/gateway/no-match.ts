import type {Gateway} from '../../../model/routes/gateway.ts';
import {objectField, type EvidenceField, type Finding, finding} from '../../finding.ts';
import {namesOf} from '../../words.ts';
import {matchField, pathOf, type Candidate} from '../../../rules/gateway-api/candidate.ts';
import {describe} from '../../controller/gateway/gateway-findings.ts';
import {routeRef} from './refused/refusal-findings.ts';
import {speaks, type Selection} from '../../../rules/gateway-api/select.ts';
import type {HttpRequest} from '../../../model/request.ts';
import {routeFindings} from '../catalogue.ts';
import {sentHost} from '../request-text.ts';

type Unmatched = {
	readonly gateway: Gateway;
	readonly request: HttpRequest;
	readonly port: number;
	readonly selection: Selection;
};

/** KNET401: no listener or no rule of the Gateway takes the request; the nearest rules are the evidence. */
export function noMatchFinding(unmatched: Unmatched): Finding {
	return unmatched.selection.listeners.length === 0 ? noListener(unmatched) : noRule(unmatched);
}

function noListener({gateway, request, port}: Unmatched): Finding {
	const name = `${gateway.namespace}/${gateway.name}`;
	const ofPort = gateway.listeners.filter((listener) => listener.port === port);
	const offered = namesOf(
		gateway.listeners.map(({protocol, port, hostname}) => `${protocol} ${port} ${hostname || '*'}`),
	);
	const fitting = ofPort.filter(({protocol}) => speaks(protocol, request.scheme));
	const what =
		ofPort.length > 0 && fitting.length === 0
			? `No listener of Gateway ${name} on port ${port} speaks ${request.scheme}`
			: ofPort.length === 0
				? `Gateway ${name} has no listener for port ${request.port}`
				: `No listener of Gateway ${name} on port ${port} takes the host ${sentHost(request) || '(an address)'}`;
	return finding(routeFindings.noRuleMatches, {
		message: `${what}; its listeners are ${offered || 'none'}.`,
		evidence: [objectField({kind: 'Gateway', ...gateway}, 'spec.listeners[]', offered || 'none')],
		remedy: 'Ask for a host and port that a listener has, or add a listener.',
		command: describe(gateway),
	});
}

function noRule({gateway, request, selection}: Unmatched): Finding {
	const [near] = selection.losers;
	const name = `${gateway.namespace}/${gateway.name}`;
	return finding(routeFindings.noRuleMatches, {
		message: near
			? `No rule on Gateway ${name} takes ${request.method} ${request.urlPath}. Nearest is ${ruleText(near.candidate)}: ${near.why}.`
			: `No route on Gateway ${name} serves the host ${(sentHost(request) || '(an address)').replace(/\.$/u, ' with a dot at its end')}.`,
		evidence: near ? selection.losers.slice(0, 3).map(whyField) : [hostField(request)],
		remedy: near
			? 'Change the request, or the match that keeps it out.'
			: 'Add the host to a route, or attach a route.',
		command: 'kubectl get httproute -A',
	});
}

function whyField({candidate, why}: Unmatched['selection']['losers'][number]): EvidenceField {
	return objectField(routeRef(candidate), matchField(candidate), why);
}

function hostField(request: HttpRequest): EvidenceField {
	const host = sentHost(request);
	return {object: 'HTTPRoute/*', path: 'spec.hostnames', value: `none takes ${host || 'an address'}`};
}

/** `HTTPRoute shop/web rule 0 (PathPrefix /api)`. */
export function ruleText(candidate: Candidate): string {
	const {route, ruleIndex, match} = candidate;
	const {type, value} = pathOf(match);
	return `${route.routeKind} ${route.namespace}/${route.name} rule ${ruleIndex} (${type} ${value})`;
}
