import type {CatalogueEntry} from '../../path/catalogue-entry.ts';
import type {Finding} from '../../path/finding.ts';
import type {Found} from './found.ts';
import {compareText} from '../../model/matching/compare-text.ts';

type Catalogue = Readonly<Record<string, CatalogueEntry>>;

/** Findings as a SARIF 2.1.0 log: what code scanning takes. Objects of a cluster are logical locations, those of files have a line. */
export function sarifLog(
	found: readonly Found[],
	{catalogue, version}: {readonly catalogue: Catalogue; readonly version: string},
): object {
	const codes = [...new Set(found.map(({finding}) => finding.code))].toSorted(compareText);
	return {
		$schema: 'https://json.schemastore.org/sarif-2.1.0.json',
		version: '2.1.0',
		runs: [
			{
				tool: {
					driver: {name: 'knet', version, rules: codes.flatMap((code) => ruleOf(catalogue[code]))},
				},
				columnKind: 'utf16CodeUnits',
				results: found.map((each) => resultOf(each, codes)),
			},
		],
	};
}

function ruleOf(entry: CatalogueEntry | undefined): readonly object[] {
	if (!entry) {
		return [];
	}

	const {code, slug, severity, title, what, remedy} = entry;
	return [
		{
			id: code,
			name: slug,
			shortDescription: {text: title},
			fullDescription: {text: what},
			help: {text: remedy},
			defaultConfiguration: {level: levels[severity]},
		},
	];
}

const levels = {error: 'error', warning: 'warning', info: 'note', unknown: 'note'} as const;

function resultOf({finding, object, position, titles}: Found, codes: readonly string[]): object {
	const {code, message, remedy, ignored} = finding;
	return {
		ruleId: code,
		ruleIndex: codes.indexOf(code),
		level: levelOf(finding),
		message: {text: `${message} ${remedy}`},
		locations: [
			{
				physicalLocation: position && {
					artifactLocation: {uri: encodeURI(position.file.replaceAll('\\', '/'))},
					region: {startLine: position.line},
				},
				logicalLocations: object === '' ? undefined : [{fullyQualifiedName: object, kind: 'resource'}],
			},
		],
		partialFingerprints: {'knet/v1': `${code} ${object}`},
		properties: {paths: titles},
		suppressions: ignored === undefined ? undefined : [{kind: 'external', justification: ignored}],
	};
}

function levelOf({severity, undecided}: Finding): string {
	return undecided ? 'note' : levels[severity];
}
