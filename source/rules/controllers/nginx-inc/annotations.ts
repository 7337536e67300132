import type {Ingress} from '../../../model/routes/ingress.ts';
import {isOn} from '../record/classes.ts';
import type {Flags} from '../record/facts.ts';
import {isBefore, type Version} from '../../version.ts';

/** What the flags say that decides whether an annotation is allowed. */
export type Allowed = {readonly plus: boolean; readonly snippets: boolean};

/** Undefined: its flags are not read, or a version before 1.12, whose validation is not known. */
export function allowedBy(flags: Flags, version: Version | undefined): Allowed | undefined {
	return Object.keys(flags).length === 0 || isBefore(version, [1, 12, 0])
		? undefined
		: {
				plus: isOn(flags['nginx-plus'] ?? 'false'),
				snippets: isOn(flags['enable-snippets'] ?? 'false'),
			};
}

type Check = (value: string, allowed: Allowed) => boolean;

const matches =
	(pattern: RegExp): Check =>
	(value) =>
		pattern.test(value);

const boolean = matches(/^(?:1|0|t|f|T|F|true|false|TRUE|FALSE|True|False)$/u);
// ParseTime; a text of blanks alone is none.
const time = matches(
	/^(?=.*\d)(?:\d+y)?\s*(?:\d+M)?\s*(?:\d+w)?\s*(?:\d+d)?\s*(?:\d+h)?\s*(?:\d+m)?\s*(?:\d+s?)?\s*(?:\d+ms)?$/u,
);
const count = matches(/^\+?\d+$/u);
const ports = matches(/^\d{1,5}(?:,\d{1,5})*$/u);
const plusOnly: Check = (_value, {plus}) => plus;
const snippet: Check = (_value, {snippets}) => snippets;

const methods = ['round_robin', 'least_conn', 'ip_hash', 'random', 'random two', 'random two least_conn'];

/** ParseLBMethod and, for Plus, ParseLBMethodForPlus. */
const balancing: Check = (value, {plus}) => {
	const method = value.trim();
	const isHash = /^hash [^ ]*(?: consistent)?$/u.test(method);
	return isHash || methods.includes(method) || (plus && method.includes('least_time'));
};

/** validation.go, annotationValidations: those whose rule a value decides by itself. */
const checks: ReadonlyMap<string, Check> = new Map([
	...['server-snippets', 'location-snippets'].map((name) => [`nginx.org/${name}`, snippet] as const),
	...[
		'health-checks',
		'health-checks-mandatory',
		'health-checks-mandatory-queue',
		'slow-start',
		'jwt-realm',
		'jwt-key',
		'jwt-token',
		'jwt-login-url',
		'sticky-cookie-services',
	].map((name) => [`nginx.com/${name}`, plusOnly] as const),
	...[
		'redirect-to-https',
		'ssl-redirect',
		'proxy-buffering',
		'hsts',
		'hsts-include-subdomains',
		'hsts-behind-proxy',
		'use-cluster-ip',
	].map((name) => [`nginx.org/${name}`, boolean] as const),
	...[
		'proxy-connect-timeout',
		'proxy-read-timeout',
		'proxy-send-timeout',
		'proxy-next-upstream-timeout',
		'fail-timeout',
	].map((name) => [`nginx.org/${name}`, time] as const),
	...['max-fails', 'max-conns'].map((name) => [`nginx.org/${name}`, count] as const),
	...['listen-ports', 'listen-ports-ssl'].map((name) => [`nginx.org/${name}`, ports] as const),
	['nginx.org/lb-method', balancing],
	['nginx.org/server-tokens', (value, allowed) => allowed.plus || boolean(value, allowed)],
	['nginx.org/client-max-body-size', matches(/^\s*\d+[kKmMgG]?\s*$/u)],
]);

/** Why an annotation makes the controller reject the Ingress. */
export function whyAnnotated({annotations}: Ingress, allowed: Allowed): string | undefined {
	const name = Object.keys(annotations).find(
		(each) => checks.get(each)?.(annotations[each] ?? '', allowed) === false,
	);
	const check = name && checks.get(name);
	return (
		name &&
		(check === plusOnly
			? `annotation ${name} is for NGINX Plus alone, so the Ingress is rejected`
			: check === snippet
				? `annotation ${name} needs the flag enable-snippets, so the Ingress is rejected`
				: `annotation ${name} has a value that is not valid, so the Ingress is rejected`)
	);
}
