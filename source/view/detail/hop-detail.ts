import type {Details} from '../../path/details.ts';
import type {Finding} from '../../path/finding.ts';
import type {Hop} from '../../path/hop.ts';
import type {HopKind} from '../../path/hop-kind.ts';
import type {Path} from '../../path/report.ts';
import {hang} from '../text/hang.ts';
import {span, type Line} from '../text/line.ts';
import {isRootCause} from '../hop-line.ts';
import {isHopStillRead, readOf} from '../still-reading.ts';
import {hopNames, refName, toneOf} from '../text/words.ts';
import {controllerLines} from './controller-lines.ts';
import {dnsLines} from './dns-lines.ts';
import {endpointsLines} from './endpoints-lines.ts';
import {evidenceLines, findingLines} from './finding-lines.ts';
import {kubeProxyLines} from './kube-proxy-lines.ts';
import {loadBalancerLines} from './load-balancer-lines.ts';
import {blocks, fact, type RenderOptions} from './render-options.ts';
import {networkPolicyLines} from './network-policy-lines.ts';
import {podLines} from './pod-lines.ts';
import {podNetworkLines} from './pod-network-lines.ts';
import {routeLines} from './route-lines.ts';
import {serviceLines} from './service-lines.ts';

const renderers: {
	readonly [K in HopKind]: (details: Details[K], renderOptions: RenderOptions) => readonly Line[];
} = {
	dns: dnsLines,
	'load-balancer': loadBalancerLines,
	controller: controllerLines,
	route: routeLines,
	service: serviceLines,
	endpoints: endpointsLines,
	'kube-proxy': kubeProxyLines,
	'pod-network': podNetworkLines,
	'network-policy': networkPolicyLines,
	pod: podLines,
};

/** Errors first, then what cannot be decided, warnings, and the rest. */
function rank({severity, undecided}: Finding): number {
	if (severity === 'error') {
		return 0;
	}

	return undecided ? 1 : severity === 'warning' ? 2 : 3;
}

/** Everything about one hop: findings with remedy and command, then what it is, then what it was decided from. */
export function hopDetail(hop: Hop, path: Path, renderOptions: RenderOptions): readonly Line[] {
	const findings = hop.findings.toSorted((a, b) => rank(a) - rank(b));
	const root = isRootCause(hop, path) ? path.rootCause : undefined;
	const lines = blocks(
		...(isHopStillRead(hop) ? [] : findings).map((finding) =>
			findingLines(finding, finding.code === root, renderOptions),
		),
		detailLines(hop, renderOptions),
		isHopStillRead(hop) ? [] : evidenceLines(findings, renderOptions),
	);
	return (lines.length > 0 ? lines : nothing(hop)).flatMap((line) =>
		hang(line, renderOptions.width, renderOptions.glyphs.ellipsis),
	);
}

/** The facts of a hop, without its findings. */
export function hopFacts(hop: Hop, renderOptions: RenderOptions): readonly Line[] {
	return detailLines(hop, renderOptions).flatMap((line) =>
		hang(line, renderOptions.width, renderOptions.glyphs.ellipsis),
	);
}

function detailLines(hop: Hop, renderOptions: RenderOptions): readonly Line[] {
	if (!hop.details) {
		return hop.subject ? fact(hop.subject.kind, refName(hop.subject)) : [];
	}

	// The kind of a hop and of its details are the same K; a lookup by a union key loses that.
	const render = renderers[hop.kind] as (details: unknown, renderOptions: RenderOptions) => readonly Line[];
	return render(hop.details, renderOptions);
}

function nothing(hop: Hop): readonly Line[] {
	if (isHopStillRead(hop)) {
		return [[span(`Reading ${readOf([hop])}.`, 'dim')]];
	}

	return hop.status === 'skipped'
		? [[span(hop.summary || 'This hop does not apply to this path.', 'dim')]]
		: [[span(hop.summary, 'dim')], [span('Nothing to report here.', 'dim')]];
}

/** The title of a hop's pane: name and status in words. */
export function hopTitle(hop: Hop): Line {
	const status = isHopStillRead(hop) ? span('reading', 'dim') : span(hop.status, toneOf(hop.status));
	return [span(hopNames[hop.kind], undefined, true), span('  '), status];
}

/** What a hop's status rests on, for the end of its title. */
export function hopBasis(hop: Hop): Line {
	if (hop.status === 'skipped') {
		return [];
	}

	return [span(hop.basis === 'evidence' ? 'observed' : 'from objects', 'dim')];
}
