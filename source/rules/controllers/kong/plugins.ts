import type {RequestPolicy} from '../../../model/routes/request-policy.ts';
import {isKnown, lookup, type Snapshot} from '../../../model/snapshot.ts';
import type {Guard, GuardedRule} from '../record/ingress-side.ts';

const annotation = 'konghq.com/plugins';

type Named = {readonly name: string; readonly plugin: RequestPolicy | 'unread'};

/**
Plugins of the Ingress, of its Service, and the global ones; of one type the first counts. One that does not exist is left out
(internal/dataplane/kongstate/kongstate.go, getPluginRelations, buildPlugins, globalKongClusterPlugins).
*/
export function pluginsOfRule(asked: GuardedRule): Guard | undefined {
	const {snapshot, rule} = asked;
	const {ingress, backend} = rule;
	const service =
		backend.type === 'service' ? snapshot.get('Service', ingress.namespace, backend.name) : undefined;
	const named = [ingress, service].flatMap((object) => pluginsOf(snapshot, ingress.namespace, object));
	const unread = named.find(({plugin}) => plugin === 'unread');
	if (unread) {
		return {
			assumption: `whether annotation ${annotation} lets the request pass: plugin ${unread.name} is not read`,
		};
	}

	const plugins = [...named.flatMap(({plugin}) => (plugin === 'unread' ? [] : plugin)), ...globals(asked)];
	return guardBy(plugins.filter(({type, isDisabled}, index) => !isDisabled && isFirst(plugins, type, index)));
}

function isFirst(plugins: readonly RequestPolicy[], type: string, index: number): boolean {
	return plugins.findIndex((each) => each.type === type) === index;
}

/** Those that ask for credentials run first, `request-termination` last (PRIORITY in kong/plugins). */
function guardBy(plugins: readonly RequestPolicy[]): Guard | undefined {
	const doubt = plugins.find(({type, isPartlySecret}) => isPartlySecret && deciding.has(type));
	if (doubt) {
		return {assumption: `plugin ${doubt.name} has its configuration in a Secret, which is not read`};
	}

	const [lists, end, asks] = [
		plugins.find(({type}) => type === 'ip-restriction'),
		plugins.find(({type, trigger}) => type === 'request-termination' && trigger === undefined),
		plugins.find(({type}) => forCredentials.has(type)),
	];
	return {
		asked: asks && {by: `plugin ${asks.name} (${asks.type})`},
		sources: lists && {
			by: `plugin ${lists.name}`,
			annotation,
			allowed: lists.allowed.join(','),
			denied: lists.denied.join(','),
		},
		status: end && (end.status ?? 503),
		setBy: end && annotation,
	};
}

const deciding = new Set(['ip-restriction', 'request-termination']);

const forCredentials = new Set([
	'basic-auth',
	'hmac-auth',
	'jwt',
	'key-auth',
	'ldap-auth',
	'mtls-auth',
	'oauth2',
	'openid-connect',
]);

type Annotated = {readonly annotations: Readonly<Record<string, string>>};

function pluginsOf(snapshot: Snapshot, namespace: string, object: Annotated | undefined): readonly Named[] {
	return (object?.annotations[annotation] ?? '')
		.split(',')
		.map((each) => each.trim())
		.filter(Boolean)
		.flatMap((name) => {
			const plugin = pluginOf(snapshot, namespace, name);
			return plugin === undefined ? [] : {name, plugin};
		});
}

/** `NAME` in the namespace of the Ingress, else of the cluster; `NAMESPACE:NAME` needs a grant, which is taken for given. */
function pluginOf(snapshot: Snapshot, own: string, text: string): RequestPolicy | 'unread' | undefined {
	const [name = '', namespace = own] = text.split(':').toReversed();
	const results = [
		lookup(snapshot, 'KongPlugin', namespace, name),
		lookup(snapshot, 'KongClusterPlugin', '', name),
	];
	const found = results.find((each) => 'found' in each);
	return found?.found ?? (results.some((each) => 'unknown' in each) ? 'unread' : undefined);
}

/** With label `global` and the class of the controller. */
function globals({snapshot, className}: GuardedRule): readonly RequestPolicy[] {
	return isKnown(snapshot.state('KongClusterPlugin'))
		? snapshot
				.list('KongClusterPlugin')
				.filter(
					({labels, annotations}) =>
						labels['global'] === 'true' && annotations['kubernetes.io/ingress.class'] === className,
				)
		: [];
}
