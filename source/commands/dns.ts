import {systemClock} from '../clock.ts';
import {UserError} from '../errors.ts';
import type {Snapshot} from '../model/snapshot.ts';
import {evaluateDns, type DnsReport} from '../path/dns/dns-report.ts';
import type {Trace} from '../path/report.ts';
import {checkSource, requestedSource} from './flags/asking.ts';
import {exitCode} from './output/exit-code.ts';
import {failOnOf, type Flags} from './flags/flags.ts';
import {ignoring} from './flags/ignore.ts';
import {metadataOf} from './output/metadata.ts';
import {dnsText} from './output/printer.ts';
import type {OpenSource} from './data-source/source.ts';
import {recordTypes} from './flags/dns-record-types.ts';
import type {Terminal} from './output/terminal.ts';
import {verifyNamespace, verifySource} from './flags/verify-found.ts';
import {evaluateFrom, withSource} from './data-source/with-source.ts';
import type {RequestedSource} from '../model/request.ts';

/** `knet dns NAME`: what the cluster's DNS should answer, as the asking pod would resolve it. Resolves to the exit code. */
export async function dns(words: readonly string[], flags: Flags, terminal: Terminal): Promise<number> {
	const name = nameOf(words);
	checkSource(flags);
	return withSource(flags, terminal, async (source) => {
		const from = requestedSource(flags, source);
		const requested = {name, from};
		const predicted = await evaluated(source, {requested, flags}, (report) => report);
		verifySource(from, source);
		verifyNamespace(flags.namespace, source);
		const answer = flags.probe ? await probed(source, {requested, flags, terminal}) : predicted;
		const report = markedBy(ignoring(flags, terminal.config), answer, source);
		terminal.print(await dnsText(report, {flags, metadata: metadataOf(source), ...terminal}));
		return exitCode([{title: name, verdict: report.verdict, hops: [report.hop]}], failOnOf(flags));
	});
}

function markedBy(ignored: ReturnType<typeof ignoring>, report: DnsReport, {reader}: OpenSource): DnsReport {
	const [path] = ignored(pathOf(report).paths, reader.snapshot(Date.now()));
	return {...report, hop: (path?.hops[0] ?? report.hop) as DnsReport['hop']};
}

function nameOf([name, ...more]: readonly string[]): string {
	if (name === undefined || more.length > 0) {
		throw new UserError(
			name === undefined ? 'knet dns needs a NAME.' : `knet dns takes one NAME, not ${more.length + 1}.`,
			'For example: knet dns web.shop --from pod/shop/api-0.',
		);
	}

	if (!/^[\w*.:-]{1,253}\.?$/u.test(name) || /(?:^|\.)\.|[^.]{64}/u.test(name)) {
		throw new UserError(
			`"${name}" is not a DNS name or an address.`,
			'Give a name such as web.shop.svc.cluster.local.',
		);
	}

	return name;
}

function typesOf({type}: Flags): readonly string[] | undefined {
	const types = type?.toUpperCase().split(',');
	const unknown = types?.find((each) => !recordTypes.includes(each));
	if (unknown !== undefined) {
		throw new UserError(
			`--type ${unknown} is not a record type that knet asks for.`,
			`Give one of ${recordTypes.join(', ')}.`,
		);
	}

	return types;
}

type Requested = {readonly name: string; readonly from?: RequestedSource};
type TraceOptions = {readonly requested: Requested; readonly flags: Flags};

async function evaluated<T>(
	source: OpenSource,
	{requested, flags}: TraceOptions,
	make: (report: DnsReport, snapshot: Snapshot) => T,
): Promise<T> {
	const request = {...requested, types: typesOf(flags), namespace: flags.namespace ?? source.namespace};
	return evaluateFrom(source, {flags}, (snapshot) => make(evaluateDns(snapshot, request), snapshot));
}

/** Asks each DNS pod first. */
async function probed(
	source: OpenSource,
	{requested, flags, terminal}: TraceOptions & {readonly terminal: Terminal},
): Promise<DnsReport> {
	const {askWithProbes, proberOf} = await import('./data-source/ask-with-probes.ts');
	const prober = proberOf(source);
	const ask = () =>
		evaluated(source, {requested, flags}, (report, snapshot) => ({
			result: report,
			planned: prober.plan({trace: pathOf(report), hop: 'dns'}, snapshot),
		}));
	return askWithProbes({ask, say: terminal.say, clock: systemClock})();
}

/** A look-up at the cluster's DNS is a path of one hop, whoever asks. */
function pathOf({target, from, verdict, hop}: DnsReport): Trace {
	return {
		target,
		from: from.kind === 'external' ? {kind: 'node'} : from,
		verdict,
		paths: [{title: target.text, verdict, hops: [hop]}],
		notChecked: [],
	};
}
