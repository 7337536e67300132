import type {Ingress} from '../../../model/routes/ingress.ts';
import {isOn} from '../record/classes.ts';

/** The ConfigMap and the flags of an ingress-nginx controller, by lower-case name. */
export type NginxSettings = Readonly<Record<string, string>>;

/** What an Ingress says to ingress-nginx. `--annotations-prefix` changes the prefix (its command line reference). */
export function annotationOf(
	ingress: Ingress,
	name: string,
	settings: NginxSettings = {},
): string | undefined {
	return ingress.annotations[`${settings['annotations-prefix'] ?? 'nginx.ingress.kubernetes.io'}/${name}`];
}

/** Go's strconv.ParseBool: what ingress-nginx reads as true. */
export function isTrue(value: string | undefined): boolean {
	return ['1', 't', 'T', 'true', 'TRUE', 'True'].includes(value ?? '');
}

export function isCanary(ingress: Ingress, settings: NginxSettings): boolean {
	return isTrue(annotationOf(ingress, 'canary', settings));
}

/** An annotation, else the ConfigMap's key of the same name. */
export function switchOf(ingress: Ingress, name: string, settings: NginxSettings, preset = 'false'): boolean {
	return isTrue(annotationOf(ingress, name, settings) ?? settings[name] ?? preset);
}

/** It sends to the Service's clusterIP, so through kube-proxy, instead of to endpoints (docs, Service Upstream). */
export function usesServiceAddress(ingress: Ingress, settings: NginxSettings): boolean {
	return switchOf(ingress, 'service-upstream', settings);
}

/** It asks that the TLS of its hosts is passed through. */
export function asksForPassthrough(ingress: Ingress, settings: NginxSettings = {}): boolean {
	return isTrue(annotationOf(ingress, 'ssl-passthrough', settings));
}

/** The annotation does nothing without `--enable-ssl-passthrough` (docs, SSL Passthrough). */
export function passesTls(ingress: Ingress, settings: NginxSettings): boolean {
	return isOn(settings['enable-ssl-passthrough']) && asksForPassthrough(ingress, settings);
}

/** `from-to-www-redirect`: of each host of its rules the name with `www.`, or without, sends to it (controller.go, buildRedirects). */
function wwwTwinsOf(
	ingress: Ingress,
	settings: NginxSettings = {},
): readonly {readonly from: string; readonly to: string}[] {
	return isTrue(annotationOf(ingress, 'from-to-www-redirect', settings))
		? ingress.rules
				.map(({host}) => host.toLowerCase())
				.filter((host) => host !== '' && !host.startsWith('*.'))
				.map((to) => ({from: to.startsWith('www.') ? to.slice('www.'.length) : `www.${to}`, to}))
		: [];
}

/** Which names are redirected to which hosts: none that is a host itself. */
export function wwwTwins(
	ingresses: readonly Ingress[],
	hosts: {has(host: string): boolean},
	settings: NginxSettings = {},
): ReadonlyMap<string, string> {
	return new Map(
		ingresses
			.flatMap((ingress) => wwwTwinsOf(ingress, settings))
			.filter(({from}) => !hosts.has(from))
			.map(({from, to}) => [from, to]),
	);
}

/** Names that an Ingress asks for beside the hosts of its rules. */
export function otherNamesOf(ingress: Ingress): readonly string[] {
	return [...aliasesOf(ingress), ...wwwTwinsOf(ingress).map(({from}) => from)];
}

/** `server-alias`, in the text of nginx's server_name. */
export function aliasesOf(ingress: Ingress, settings: NginxSettings = {}): readonly string[] {
	return (annotationOf(ingress, 'server-alias', settings) ?? '')
		.split(',')
		.map((each) => each.trim())
		.filter(Boolean);
}
