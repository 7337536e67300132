import {ownApi} from '../../model/own-api.ts';
import type {Finding} from '../../path/finding.ts';
import type {Comparison} from '../../path/walk/compare-url.ts';
import type {Path, Trace} from '../../path/report.ts';
import type {Verdict} from '../../path/hop.ts';

/** Where a report comes from and when. `at` in RFC 3339. */
export type ReportMetadata = {
	readonly at: string;
	readonly source: 'live' | 'file' | 'demo' | 'recording';
	readonly context?: string;
	readonly knetVersion: string;
	/** Of files: documents that could not be read. */
	readonly leftOut?: readonly string[];
};

type Envelope<K extends string> = {
	readonly apiVersion: typeof ownApi;
	readonly kind: K;
	readonly metadata: ReportMetadata;
};

/** One target, as `knet trace -o json` prints it. */
export type TraceReport = Envelope<'Trace'> & Trace;

/** Many entries, as `knet scan -o json` prints them, worst first. */
export type ScanReport = Envelope<'Scan'> & {
	readonly namespace?: string;
	/** As `-l` has it. */
	readonly selector?: string;
	readonly verdict: Verdict;
	readonly paths: readonly ScanPath[];
	/** What the paths that are ok or degraded were not checked for. */
	readonly notChecked: readonly string[];
	/** Why entries may be missing: kinds that could not be listed. */
	readonly findings?: readonly Finding[];
};

export type ScanPath = Path & {
	/** What to give to `knet trace` for this path. */
	readonly target: {readonly kind: string; readonly text: string; readonly namespace: string};
};

export function traceReport(trace: Trace, metadata: ReportMetadata): TraceReport {
	const paths = trace.paths.map(withoutRequest);
	return {apiVersion: ownApi, kind: 'Trace', metadata, ...trace, paths};
}

export function scanReport(
	scan: Omit<ScanReport, 'apiVersion' | 'kind' | 'metadata'>,
	metadata: ReportMetadata,
): ScanReport {
	const paths = scan.paths.map(withoutRequest);
	return {apiVersion: ownApi, kind: 'Scan', metadata, ...scan, paths};
}

/** The frontends of a URL, as `knet compare -o json` prints them. */
type ComparisonReport = Envelope<'Comparison'> & Comparison;

export function comparisonReport(comparison: Comparison, metadata: ReportMetadata): ComparisonReport {
	const fronts = comparison.fronts.map((front) => ({...front, paths: front.paths.map(withoutRequest)}));
	return {apiVersion: ownApi, kind: 'Comparison', metadata, ...comparison, fronts};
}

/** The title says what is asked for; the headers of a request may hold a token. */
function withoutRequest<T extends Path>(path: T): T {
	return {...path, request: undefined};
}
