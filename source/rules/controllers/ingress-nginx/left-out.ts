import type {Ingress} from '../../../model/routes/ingress.ts';
import {isBefore, type Version} from '../../version.ts';
import {annotationOf, type NginxSettings} from './annotations.ts';

/** Risky annotations of an Ingress (annotations-risk.md of 1.14). */
const byRisk = {
	Critical: [
		'auth-snippet',
		'configuration-snippet',
		'modsecurity-snippet',
		'server-snippet',
		'stream-snippet',
	],
	High: [
		'auth-signin',
		'auth-tls-error-page',
		'auth-tls-match-cn',
		'auth-url',
		'mirror-host',
		'mirror-target',
		'modsecurity-transaction-id',
		'proxy-ssl-name',
		'server-alias',
		'upstream-hash-by',
	],
} as const;

type Level = 'Low' | 'Medium' | 'High' | 'Critical';
type Risk = keyof typeof byRisk;

/** The risks above each level of ConfigMap key `annotations-risk-level`, of those that are listed here. */
const refusedAt: Readonly<Record<Level, readonly Risk[]>> = {
	Critical: [],
	High: ['Critical'],
	Medium: ['Critical', 'High'],
	Low: ['Critical', 'High'],
};

export type LeftOut = {readonly why: string; readonly remedy: string};

/**
Why ingress-nginx loads nothing of an Ingress: one annotation is too risky for it (annotations.go, Extract; store.go,
syncIngress). No Event says so. Before 1.9 there are no levels; the default was Critical until 1.12.
*/
export function whyLeftOut(
	ingress: Ingress,
	settings: NginxSettings,
	version: Version | undefined,
): LeftOut | undefined {
	if (isBefore(version, [1, 9, 0])) {
		return undefined;
	}

	const level = levelOf(settings, version);
	const refused = refusedAt[level]
		.flatMap((risk) => byRisk[risk].map((name) => ({name, risk})))
		.find(({name}) => annotationOf(ingress, name, settings) !== undefined);
	if (!refused) {
		return undefined;
	}

	const {name, risk} = refused;
	const preset = settings['annotations-risk-level'] === undefined ? ' (the default since 1.12)' : '';
	const snippets = risk === 'Critical' ? ', with allow-snippet-annotations: "true"' : '';
	return {
		why: `annotation ${name} is of risk ${risk}, above ${level}${preset}`,
		remedy: `Remove the annotation, or set annotations-risk-level: ${risk} in the ConfigMap of the controller${snippets}.`,
	};
}

/** The default changed with a version that the image does not tell. */
export function mayBeLeftOut(
	ingress: Ingress,
	settings: NginxSettings,
	version: Version | undefined,
): boolean {
	return (
		version === undefined &&
		settings['annotations-risk-level'] === undefined &&
		whyLeftOut(ingress, settings, version) !== undefined
	);
}

/** What is not one of the four counts as the lowest (parser/main.go, StringRiskToRisk). */
function levelOf(settings: NginxSettings, version: Version | undefined): Level {
	const given = settings['annotations-risk-level']?.toLowerCase();
	if (given === undefined) {
		return isBefore(version, [1, 12, 0]) ? 'Critical' : 'High';
	}

	return (['Critical', 'High', 'Medium'] as const).find((level) => level.toLowerCase() === given) ?? 'Low';
}
