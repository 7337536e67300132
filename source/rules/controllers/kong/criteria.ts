import type {Ingress} from '../../../model/routes/ingress.ts';
import type {HttpRequest} from '../../../model/request.ts';
import type {RouteDecision} from '../../ingress/decision.ts';
import {testRegex} from '../../regex/regex.ts';
import {memoize} from '../../memoize.ts';

type Header = {readonly name: string; readonly values: readonly string[]};

type Criteria = {
	readonly methods: readonly string[];
	readonly snis: readonly string[];
	readonly headers: readonly Header[];
	readonly protocols: readonly string[];
	/** How many kinds of criteria there are, beside host and path. */
	readonly fields: number;
};

const prefix = 'konghq.com/';

/** What annotations ask of a request beyond host and path (internal/annotations). */
export const criteriaOf = memoize(({annotations}: Ingress): Criteria => {
	const listed = (name: string): readonly string[] =>
		(annotations[`${prefix}${name}`] ?? '')
			.split(',')
			.map((each) => each.trim())
			.filter(Boolean);
	const headers = Object.keys(annotations)
		.filter((name) => name.startsWith(`${prefix}headers.`))
		.map((name) => name.slice(prefix.length))
		.map((name) => ({name: name.slice('headers.'.length).toLowerCase(), values: listed(name)}));
	const [methods, snis, protocols] = [listed('methods'), listed('snis'), listed('protocols')];
	const fields = [methods, snis, headers].filter(({length}) => length > 0).length;
	return {methods, snis, headers, protocols, fields};
});

type Settings = Readonly<Record<string, string>>;

/** Why a route does not take a request that its host and path fit. */
export function whyNotTaken(ingress: Ingress, request: HttpRequest, settings: Settings): string | undefined {
	const {methods, snis, headers, protocols} = criteriaOf(ingress);
	if (methods.length > 0 && !methods.includes(request.method)) {
		return `annotation ${prefix}methods takes ${methods.join(', ')} alone`;
	}

	if (snis.length > 0 && !fitsSni(snis, request, settings)) {
		return `annotation ${prefix}snis wants the SNI ${snis.join(', ')}, which ${request.scheme === 'http' ? 'plain http has not' : 'is another'}`;
	}

	const missing = headers.find((header) => !fitsHeader(header, request));
	if (missing) {
		return `annotation ${prefix}headers.${missing.name} wants ${missing.values.join(' or ')}`;
	}

	return protocols.length > 0 && !protocols.includes(request.scheme) && !isUpgrade(protocols, request)
		? `annotation ${prefix}protocols takes ${protocols.join(', ')} alone`
		: undefined;
}

/**
The flavour `expressions` makes the SNI a criterion of its own; the traditional ones leave it out for plain http since Kong 2.2.1
(Kong/kong router; #6517).
*/
function fitsSni(snis: readonly string[], {scheme, host}: HttpRequest, settings: Settings): boolean {
	return scheme === 'http'
		? settings['kong-router-flavor'] !== 'expressions'
		: snis.some((sni) => sni.toLowerCase() === host.toLowerCase());
}

function fitsHeader({name, values}: Header, {headers}: HttpRequest): boolean {
	const given = headers.filter((each) => each.name.toLowerCase() === name).map(({value}) => value);
	return values.some((wanted) =>
		given.some((value) =>
			wanted.startsWith('~*')
				? testRegex(wanted.slice(2), value, {whole: false}) === 'matches'
				: wanted === value,
		),
	);
}

function isUpgrade(protocols: readonly string[], {scheme}: HttpRequest): boolean {
	return scheme === 'http' && protocols.includes('https');
}

/** Plain http to a route of protocol https alone: 426, or a redirect where the annotation asks for one. */
export function redirectOf(
	{annotations}: Ingress,
	{scheme, host, urlPath}: HttpRequest,
): Pick<RouteDecision, 'redirect' | 'status' | 'setBy'> | undefined {
	const protocols = (annotations[`${prefix}protocols`] ?? '').split(',').map((each) => each.trim());
	if (scheme === 'https' || !protocols.includes('https') || protocols.includes('http')) {
		return undefined;
	}

	const status = Number(annotations[`${prefix}https-redirect-status-code`] ?? 426);
	return [301, 302, 307, 308].includes(status)
		? {redirect: {scheme: 'https', host, status, location: `https://${host}${urlPath}`}}
		: {status: 426, setBy: `${prefix}protocols`};
}
