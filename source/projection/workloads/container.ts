import {flagsByEnv} from '../../model/kept/flags.ts';
import type {
	V1Container,
	V1ContainerPort,
	V1ContainerStatus,
	V1EnvVar,
	V1Probe,
} from '@kubernetes/client-node';
import type {Container, ContainerState, Probe} from '../../model/workloads/pod.ts';
import {addressesIn, projectWords} from './command-line.ts';
import {toProtocol} from '../services/service.ts';
import {
	is,
	intOrString,
	kept,
	list,
	number,
	optionalNumber,
	optionalRecord,
	optionalText,
	record,
	text,
	time,
	type Claimed,
	type WireOf,
} from '../wire.ts';

/** Regular containers, each with the status of the same name. */
export function projectContainers(
	specs: Claimed<V1Container[]>,
	statuses?: Claimed<V1ContainerStatus[]>,
): readonly Container[] {
	const byName = new Map(list(statuses).map((item) => [text(record(item)['name']), record(item)]));
	return kept(
		list(specs).map((item) =>
			projectContainer(record(item), byName.get(text(record(item)['name'])) ?? record<V1ContainerStatus>({})),
		),
	);
}

/** Init containers; those that restart always are sidecars and may serve ports (KEP-753). */
export function projectInitContainers(
	specs: Claimed<V1Container[]>,
	statuses?: Claimed<V1ContainerStatus[]>,
): readonly Container[] {
	const restartAlways = list(specs).map((item) => is(record(item)['restartPolicy'], 'Always'));
	return kept(
		projectContainers(specs, statuses).map((container, position) => ({
			...container,
			sidecar: restartAlways[position] === true,
		})),
	);
}

function projectContainer(spec: WireOf<V1Container>, status: WireOf<V1ContainerStatus>): Container {
	return {
		name: text(spec['name']),
		image: text(spec['image']),
		sidecar: false,
		ports: kept(list(spec['ports']).map(projectContainerPort)),
		readinessProbe: projectProbe(optionalRecord(spec['readinessProbe'])),
		command: kept(projectWords(spec['command'])),
		args: kept([...projectWords(spec['args']), ...flagsOfEnv(spec['env'])]),
		envAddresses: kept(projectEnv(spec['env'])),
		state: projectState(status),
		restarts: number(status['restartCount']),
		ready: is(status['ready'], true),
	};
}

function projectContainerPort(value: Claimed<V1ContainerPort>): Container['ports'][number] {
	const port = record(value);
	return {
		name: text(port['name']),
		containerPort: number(port['containerPort']),
		hostPort: optionalNumber(port['hostPort']) || undefined,
		protocol: toProtocol(port['protocol']),
	};
}

// A word, a Service as namespace/name, or a list of namespaces.
const plainSetting = /^[\w.,/-]+$/u;

// Addresses with words behind them, as Kong has them: `0.0.0.0:8000 reuseport, [::]:8443 http2 ssl`.
const addressList = /^(?:(?:[\d.]+|\[[\da-f:]*\]):\d+(?: +[\w=]+)*(?:, *|$))+$/u;

function isPlain(given: string): boolean {
	return plainSetting.test(given) || addressList.test(given);
}

function flagsOfEnv(value: unknown): readonly string[] {
	return list(value).flatMap((item) => {
		const flag = flagsByEnv.get(text(record(item)['name']));
		const given = text(record(item)['value']);
		return flag !== undefined && isPlain(given) ? [`--${flag}=${given}`] : [];
	});
}

const envFlags: ReadonlySet<string> = new Set(flagsByEnv.values());

/** Of arguments that were projected before, as a recording has them: settings of the environment are among them, and may have several words. */
export function keptArgs(args: readonly string[]): readonly string[] {
	return args.flatMap((arg) => {
		const [, flag = '', given = ''] = /^--([^=]+)=(.*)$/u.exec(arg) ?? [];
		return envFlags.has(flag) && isPlain(given) ? [arg] : projectWords([arg]);
	});
}

// Values of env may be secrets: only an address in one is kept.
function projectEnv(value: Claimed<V1EnvVar[]>): Container['envAddresses'] {
	return list(value).flatMap((item) => {
		const [found] = addressesIn(text(record(item)['value']));
		return found === undefined ? [] : [{name: text(record(item)['name']), value: found}];
	});
}

/** What is kept of `env` on the wire: the settings above, and addresses. */
export function keptEnv(value: unknown): readonly {readonly name: string; readonly value: string}[] {
	return list(value).flatMap((item) => {
		const [name, given] = [text(record(item)['name']), text(record(item)['value'])];
		const isSetting = flagsByEnv.has(name) && isPlain(given);
		const kept = isSetting ? given : addressesIn(given)[0];
		return kept === undefined ? [] : [{name, value: kept}];
	});
}

function projectProbe(probe: WireOf<V1Probe> | undefined): Probe | undefined {
	for (const type of ['httpGet', 'tcpSocket', 'grpc'] as const) {
		const action = optionalRecord(probe?.[type]);
		if (action) {
			return {
				type,
				port: intOrString(action['port']),
				path: action['path'] === undefined ? undefined : withoutQuery(text(action['path'])),
				scheme: optionalText(action['scheme']),
				host: optionalText(action['host']) || undefined,
			};
		}
	}

	return optionalRecord(probe?.['exec']) && {type: 'exec'};
}

function projectState(status: WireOf<V1ContainerStatus>): ContainerState {
	const state = record(status['state']);
	const last = optionalRecord(record(status['lastState'])['terminated']);
	for (const type of ['waiting', 'running', 'terminated'] as const) {
		const found = optionalRecord(state[type]);
		if (found && type === 'running' && !last) {
			// Nearly every container of a cluster: it has no room for what only a stopped one says.
			return {type, since: time(found['startedAt'])};
		}

		if (found) {
			return {
				type,
				reason: optionalText(found['reason']),
				message: optionalText(found['message']),
				exitCode: optionalNumber(found['exitCode']),
				since: time(found['finishedAt']) ?? time(found['startedAt']),
				lastReason: optionalText(last?.['reason']),
				lastExitCode: optionalNumber(last?.['exitCode']),
				lastStartedAt: time(last?.['startedAt']),
				lastFinishedAt: time(last?.['finishedAt']),
			};
		}
	}

	return {type: 'unknown'};
}

/** A query may hold a token. */
export function withoutQuery(path: string): string {
	return path.replace(/[?#].*$/u, '');
}
