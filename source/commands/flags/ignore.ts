import type {Config} from '../../config/config.ts';
import {UserError} from '../../errors.ts';
import {parseIgnoreRule} from '../../model/ignore-rule.ts';
import {kindsThat, type Kind} from '../../model/kinds.ts';
import {catalogue} from '../../path/catalogue.ts';
import {resourceNamed} from '../../path/object-names.ts';
import {nearest} from '../../path/nearest.ts';
import {markIgnored, type Marking, type NamedRule} from '../../path/ignore.ts';
import type {Path} from '../../path/report.ts';
import type {Flags} from './flags.ts';

/** Marks what `--ignore`, `--manifests`, the configuration or the annotation of an object says to live with. Throws `UserError`. */
export function ignoring(flags: Flags, config: Pick<Config, 'ignore'> | undefined): Marking {
	const rules = [
		...(flags.ignore ?? []).map(ruleOf),
		...(flags.manifests ? manifestRules(flags) : []),
		...(config?.ignore ?? []).map((rule) => ({...rule, by: `configuration${because(rule.reason)}`})),
	];
	return (paths, snapshot) =>
		markIgnored(paths, {
			rules,
			annotationsOf: ({kind, namespace = '', name}) =>
				isKind(kind) ? snapshot.get(kind, namespace, name)?.annotations : undefined,
		});
}

function manifestRules({filename = []}: Flags): readonly NamedRule[] {
	if (filename.length === 0) {
		throw new UserError('--manifests is for files.', 'Give them with --filename.');
	}

	return codesToldByClusters().map((code) => ({code, by: '--manifests', undecidedOnly: true}));
}

function codesToldByClusters(): readonly string[] {
	return Object.values(catalogue)
		.filter(({toldByClusters}) => toldByClusters)
		.map(({code}) => code);
}

/** Whether a scan of files counts what `--manifests` would not. */
export function leavesToClusters({filename = [], manifests}: Flags, paths: readonly Path[]): boolean {
	const codes = filename.length > 0 && !manifests ? codesToldByClusters() : [];
	return paths
		.flatMap(({hops}) => hops.flatMap(({findings}) => findings))
		.some(({code, undecided, ignored}) => undecided && ignored === undefined && codes.includes(code));
}

const kinds: readonly string[] = kindsThat(() => true);

function isKind(kind: string): kind is Kind {
	return kinds.includes(kind);
}

function because(reason: string | undefined): string {
	return reason === undefined ? '' : `: ${reason}`;
}

function ruleOf(text: string): NamedRule {
	const rule = parseIgnoreRule(text);
	if (!rule || !catalogue[rule.code]) {
		throw notIgnorable(text);
	}

	const kind = rule.object?.kind ?? '';
	const like = isKind(kind) || resourceNamed(kind) ? undefined : nearest(kind, kinds)[0];
	if (like) {
		throw new UserError(`--ignore ${text} names no kind that knet reads.`, `Did you mean ${like}?`);
	}

	return {...rule, by: `--ignore ${text}`};
}

function notIgnorable(text: string): UserError {
	const codes = text.split(',');
	if (codes.length > 1) {
		return new UserError(
			`--ignore takes one code; ${text} are ${codes.length}.`,
			`Repeat the flag: ${codes.map((code) => `--ignore ${code}`).join(' ')}.`,
		);
	}

	const [code = '', object] = text.split(':');
	if (object !== undefined && catalogue[code]) {
		return new UserError(
			`--ignore ${text} names no object behind the colon.`,
			`Write Kind/namespace/name, such as ${code}:Service/shop/web.`,
		);
	}

	const meant = Object.values(catalogue).find(({slug}) => slug === code.toLowerCase());
	return new UserError(
		`--ignore ${text} names no finding.`,
		meant
			? `Its code is ${meant.code}: --ignore ${meant.code}.`
			: 'Give KNET503, or KNET503:Service/shop/web for one object.',
	);
}
