import {placeOf} from '../../model/kinds.ts';
import {lookup, type Snapshot} from '../../model/snapshot.ts';
import type {Workload} from '../../model/workloads/workload.ts';
import type {Flags} from '../../rules/controllers/record/facts.ts';
import type {SettingsSource} from '../../rules/controllers/record/record.ts';
import {controllerRecords} from '../../rules/controllers/records.ts';
import {recognise} from './recognise.ts';
import {flagsOf} from './workload-flags.ts';

/** What a controller goes by: its flags, and what its ConfigMap says. */
export type Settings = {
	readonly flags: Flags;
	/** Where the rest of them stand, as far as that cannot be read. */
	readonly unread?: string;
};

/** The flags of a controller's workload, with the settings of the ConfigMap that they name or that it has as a file. */
export function settingsOf(snapshot: Snapshot, workload: Workload): Settings {
	const flags = flagsOf(workload);
	const source = recognise(workload)?.settings;
	const places = source ? placesOfSettings(workload, source) : [];
	for (const place of places) {
		const found = lookup(snapshot, 'ConfigMap', place.namespace, place.name);
		if ('missing' in found) {
			continue;
		}

		const data = 'found' in found ? found.found.data : undefined;
		if (data && isLookedFor(place) && data[place.document] === undefined) {
			continue;
		}

		const given = data && settingsIn(data, place.document);
		return given && source
			? {flags: source.type === 'file' && source.replacesFlags ? given : {...given, ...flags}}
			: {flags, unread: `ConfigMap ${place.namespace}/${place.name}`};
	}

	// A file that is no ConfigMap's, or one that is mounted in a way that is not followed.
	const isElsewhere = source?.type === 'file' && flags[source.flag] !== undefined && places.length === 0;
	return isElsewhere ? {flags, unread: `its file ${flags[source.flag]}`} : {flags};
}

type Place = {
	readonly namespace: string;
	readonly name: string;
	/** The key that holds a file; absent: each key is a setting. */
	readonly document?: string;
	/** No flag names the file: without it the controller goes on. */
	readonly isUsual?: boolean;
};

function isLookedFor(place: Place): place is Place & {readonly document: string} {
	return place.isUsual === true && place.document !== undefined;
}

/** The ConfigMap by the flag that names it, or by the path of the file that is mounted from it. */
function placesOfSettings(workload: Workload, source: SettingsSource): readonly Place[] {
	if (source.type === 'document') {
		const {namespace} = workload;
		return [{namespace, name: source.nameFor(workload), document: source.key, isUsual: true}];
	}

	const given = source.flag === undefined ? undefined : flagsOf(workload)[source.flag];
	if (source.type === 'keys' && source.flag === undefined) {
		return source.usualNames.slice(0, 1).map((name) => ({namespace: workload.namespace, name}));
	}

	if (source.type === 'keys') {
		const [namespace, name] = (given ?? '').split('/');
		return namespace && name
			? [{namespace: namespace.replace('$(POD_NAMESPACE)', workload.namespace), name}]
			: [];
	}

	return given === undefined
		? source.usual
				.flatMap((path) => mountOf(workload, path) ?? [])
				.map((place) => ({...place, isUsual: true}))
		: [mountOf(workload, given)].filter((place) => place !== undefined);
}

function mountOf({namespace, mountedConfigMaps = []}: Workload, path: string): Place | undefined {
	const folder = path.slice(0, path.lastIndexOf('/'));
	const file = path.slice(path.lastIndexOf('/') + 1);
	const mount = mountedConfigMaps.find((each) =>
		each.key === undefined ? each.path.replace(/\/$/u, '') === folder : each.path === path,
	);
	return mount && {namespace, name: mount.name, document: mount.key ?? file};
}

/** Projections keep the settings of a file as one line each. Undefined: the file is in a form that knet does not read. */
function settingsIn(data: Readonly<Record<string, string>>, document: string | undefined): Flags | undefined {
	if (document === undefined) {
		return data;
	}

	const text = document.endsWith('.toml') ? undefined : data[document];
	return text === undefined ? undefined : Object.fromEntries(text.split('\n').flatMap(settingOf));
}

function settingOf(line: string): readonly (readonly [string, string])[] {
	const [, name, value] = /^([\w.-]+): "(.*)"$/u.exec(line) ?? [];
	return name === undefined || value === undefined ? [] : [[name, value]];
}

/** The ConfigMap that a controller has its settings from, as a place (`namespace/name`). */
export function configMapOf(workload: Workload): string | undefined {
	const source = recognise(workload)?.settings;
	const [place] = source ? placesOfSettings(workload, source) : [];
	return place && placeOf('ConfigMap', place.namespace, place.name);
}

/** Names of the ConfigMaps of controllers in their projects' own manifests. */
export const usualConfigMaps: readonly string[] = controllerRecords.flatMap(
	({settings}) => settings?.usualNames ?? [],
);
