import {command, kubectl} from '../../model/safe-text/command.ts';
import type {CatalogueEntry, Severity} from '../catalogue-entry.ts';
import {type EvidenceField, finding} from '../finding.ts';
import {vantageText} from '../vantage-text.ts';
import {count} from '../words.ts';
import type {KubeProxyContext, ProxyFinding} from './context.ts';
import {namesList} from '../../rules/names-list.ts';
import {portKeyText} from '../../rules/kube-proxy/proxy-port.ts';
import type {RulesCheck} from '../../rules/kube-proxy/rules-check.ts';
import type {StopReason} from '../../rules/stop.ts';
import {kubeProxyFindings} from './catalogue.ts';

/** What the rules that were read say, where they are not what they should be (602–606). */
export function rulesFindings(context: KubeProxyContext): readonly ProxyFinding[] {
	const checks = context.verdicts.flatMap(({check}) => check ?? []);
	const of = (differs: RulesCheck['differs']): readonly RulesCheck[] =>
		checks.filter((check) => check.state === 'differs' && check.differs === differs);
	const backends = of('backends');
	return [
		...noEntry(context, of('no-entry')),
		...refusing(context, of('rejects'), rejecting),
		...refusing(context, of('drops'), dropping),
		...missing(
			context,
			backends.filter((check) => check.missing.length > 0),
		),
		...stale(
			context,
			backends.filter((check) => check.stale.length > 0),
		),
	];
}

function noEntry(context: KubeProxyContext, checks: readonly RulesCheck[]): readonly ProxyFinding[] {
	if (checks.length === 0) {
		return [];
	}

	return [
		{
			stop: 'dropped',
			finding: finding(kubeProxyFindings.proxyRulesMissing, {
				severity: severityOf(context, checks),
				message: `The rules of ${nodesText(context, checks)} have no entry for ${nameOf(context)}: traffic to it goes nowhere from there.`,
				evidence: evidenceOf(context, checks, () => 'no entry'),
				remedy:
					'Look at the log of kube-proxy on that node, and restart its pod if it no longer follows the API.',
				command: logCommand(context, checks),
			}),
		},
	];
}

type Refusal = {
	readonly entry: CatalogueEntry;
	readonly verb: string;
	readonly symptom: string;
	readonly stop: StopReason;
};

const rejecting: Refusal = {
	entry: kubeProxyFindings.proxyRejects,
	verb: 'reject',
	symptom: 'clients are refused',
	stop: 'refused',
};

const dropping: Refusal = {
	entry: kubeProxyFindings.proxyDrops,
	verb: 'drop',
	symptom: 'clients wait for their timeout',
	stop: 'dropped',
};

function refusing(
	context: KubeProxyContext,
	checks: readonly RulesCheck[],
	{entry, verb, symptom, stop}: Refusal,
): readonly ProxyFinding[] {
	if (checks.length === 0) {
		return [];
	}

	return [
		{
			stop,
			finding: finding(entry, {
				severity: severityOf(context, checks),
				message: `The rules of ${nodesText(context, checks)} ${verb} traffic to ${nameOf(context)} though it has endpoints: ${symptom}.`,
				evidence: evidenceOf(context, checks, () => `${verb}s`),
				remedy:
					'Look at the log of kube-proxy on that node, which does not follow the endpoints, and restart its pod.',
				command: logCommand(context, checks),
			}),
		},
	];
}

function missing(context: KubeProxyContext, checks: readonly RulesCheck[]): readonly ProxyFinding[] {
	const number = new Set(checks.flatMap((check) => check.missing)).size;
	if (checks.length === 0) {
		return [];
	}

	return [
		{
			stop: 'dropped',
			finding: finding(kubeProxyFindings.proxyBackendsMissing, {
				message: `${nodesText(context, checks)} ${checks.length === 1 ? 'does' : 'do'} not send to ${count(number, 'endpoint')} of ${nameOf(context)}: ${namesList(checks[0]?.missing ?? [])}.`,
				evidence: evidenceOf(context, checks, (check) => `lacks ${namesList(check.missing)}`),
				remedy: 'Look at the log of kube-proxy on that node: it uses fewer backends than there are.',
				command: logCommand(context, checks),
			}),
		},
	];
}

/** A node that has nothing but stale backends answers nobody; else a share of its connections fails. */
function stale(context: KubeProxyContext, checks: readonly RulesCheck[]): readonly ProxyFinding[] {
	if (checks.length === 0) {
		return [];
	}

	const dead = checks.filter(({allStale}) => allStale);
	const number = new Set(checks.flatMap((check) => check.stale)).size;
	return [
		{
			stop: 'dropped',
			finding: finding(kubeProxyFindings.proxyBackendsStale, {
				severity: dead.length > 0 && severityOf(context, dead) === 'error' ? 'error' : 'warning',
				message: `${nodesText(context, checks)} still ${checks.length === 1 ? 'sends' : 'send'} to ${count(number, 'address', 'addresses')} that ${number === 1 ? 'is' : 'are'} no longer an endpoint of ${nameOf(context)}: ${namesList(checks[0]?.stale ?? [])}.`,
				evidence: evidenceOf(context, checks, (check) => `still has ${namesList(check.stale)}`),
				remedy:
					'Look at the log of kube-proxy on that node, and restart its pod: until then connections there fail.',
				command: logCommand(context, checks),
			}),
		},
	];
}

/** Where a request may come in by nodes that do well, some traffic fails. */
function severityOf({verdicts}: KubeProxyContext, checks: readonly RulesCheck[]): Severity {
	return checks.length >= verdicts.length ? 'error' : 'warning';
}

function nodesText({verdicts}: KubeProxyContext, checks: readonly RulesCheck[]): string {
	const names = namesList(checks.map(({node}) => node));
	return verdicts.length > 1 ? `${checks.length} of ${verdicts.length} nodes (${names})` : names;
}

function nameOf({port}: KubeProxyContext): string {
	return portKeyText(port)
		.replace(/\/[A-Z]+$/, '')
		.replace(/:$/, '');
}

function evidenceOf(
	{port}: KubeProxyContext,
	checks: readonly RulesCheck[],
	value: (check: RulesCheck) => string,
): readonly EvidenceField[] {
	return checks.slice(0, 5).map((check) => ({
		object: vantageText({type: 'node', node: check.node}),
		path: `rules[${portKeyText(port)}]`,
		value: value(check),
	}));
}

function logCommand({proxy}: KubeProxyContext, checks: readonly RulesCheck[]): string {
	const node = checks[0]?.node ?? 'NODE';
	const name = proxy.daemonSet?.name ?? 'kube-proxy';
	const pods = kubectl(
		{namespace: 'kube-system'},
		'get',
		'pods',
		'--field-selector',
		`spec.nodeName=${node}`,
		'-o',
		'name',
	);
	return `kubectl -n kube-system logs $(${pods} | ${command('grep', name)}) --tail=50`;
}
