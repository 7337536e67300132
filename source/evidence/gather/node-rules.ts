import {execInPod} from '../../cluster/exec.ts';
import type {RulesObservation, RuleSet} from '../../model/evidence.ts';
import type {IpFamily, Service} from '../../model/services/service.ts';
import {safe} from '../../model/safe-text/safe.ts';
import {failureOf} from '../failure.ts';
import type {ProbeTools} from '../probe.ts';
import {parseCiliumServiceList} from '../rules/parse-cilium-service-list.ts';
import {parseIptablesSave} from '../rules/parse-iptables-save.ts';
import {parseIpvs} from '../rules/parse-ipvs.ts';
import {parseNft} from '../rules/parse-nft.ts';

type RulesQuery = {
	readonly node: string;
	/** The pod of kube-proxy, or of Cilium's agent, on that node. */
	readonly pod: {readonly namespace: string; readonly name: string; readonly container: string};
	readonly mode: RuleSet['mode'];
	readonly families: readonly IpFamily[];
	readonly services: readonly Service[];
	readonly permission: string;
	readonly of: Readonly<Record<string, string>>;
};

/** Rules of 10,000 Services are about 20 MB. */
const maxBytes = 128 * 1024 * 1024;

/** What reads the rules of a mode: commands that change nothing. */
export function rulesCommands(
	mode: RuleSet['mode'],
	families: readonly IpFamily[],
): readonly (readonly string[])[] {
	switch (mode) {
		case 'iptables':
			return families.map((family) => [family === 'IPv6' ? 'ip6tables-save' : 'iptables-save']);
		case 'nftables':
			return families.map((family) => [
				'nft',
				'list',
				'table',
				family === 'IPv6' ? 'ip6' : 'ip',
				'kube-proxy',
			]);
		case 'ipvs':
			return [['ipvsadm', '-ln']];
		case 'cilium':
			return [['cilium-dbg', 'service', 'list']];
	}
}

/** The rules of one node, read through the proxy's own pod there. */
export async function nodeRules(
	question: RulesQuery,
	tools: ProbeTools,
): Promise<readonly RulesObservation[]> {
	const {node, mode, families, permission, of} = question;
	const at = tools.clock();
	const base = {type: 'rules', at, vantage: {type: 'node', node}, subject: {node}, of} as const;
	try {
		const dumps: string[] = [];
		for (const command of rulesCommands(mode, families)) {
			dumps.push(await dump(command, question, tools));
		}

		return [{...base, result: parse(dumps.join('\n'), question), ms: tools.clock() - at}];
	} catch (error) {
		return [{...base, result: failureOf(error, tools.signal, permission), ms: tools.clock() - at}];
	}
}

async function dump(
	command: readonly string[],
	{pod, mode}: RulesQuery,
	{connection, signal}: ProbeTools,
): Promise<string> {
	const result = await execInPod(connection, {...pod, pod: pod.name, command, signal, maxBytes});
	if (result.exitStatus === 0 || (result.isCut && result.stdout !== '')) {
		return result.stdout;
	}

	// Before 1.15 the agent's own command had another name.
	if (mode === 'cilium' && command[0] === 'cilium-dbg') {
		const {stdout, exitStatus} = await execInPod(connection, {
			...pod,
			pod: pod.name,
			command: ['cilium', ...command.slice(1)],
			signal,
			maxBytes,
		});
		if (exitStatus === 0) {
			return stdout;
		}
	}

	const why = result.failure ?? (result.stderr.trim() || `exit status ${result.exitStatus}`);
	throw new Error(safe(`${command.join(' ')}: ${why}`));
}

function parse(text: string, {mode, services}: RulesQuery): RuleSet {
	switch (mode) {
		case 'iptables':
			return parseIptablesSave(text);
		case 'nftables':
			return parseNft(text);
		case 'ipvs':
			return parseIpvs({ipvsadm: text}, {services});
		case 'cilium':
			return parseCiliumServiceList(text, {services});
	}
}
