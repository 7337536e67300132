import {isWithin, parseIp} from '../../../model/matching/ip.ts';
import type {Source} from '../../../model/request.ts';
import {testRegex, type RegexBudget} from '../../regex/regex.ts';
import type {Made} from './muxer.ts';
import type {RuleTree} from './parse-rule.ts';
import {templatePattern} from './template.ts';

type Asked = {readonly client: Source; readonly budget: RegexBudget};
type Answer = boolean | undefined;

/** Whether a rule takes a connection with this server name, '' for none (pkg/muxer/tcp of Traefik 3.6). */
export function fitsTcpRule({tree, syntax}: Made, name: string, asked: Asked): Answer {
	return tree ? fits(tree, {...asked, name, isOld: syntax === 'v2'}) : false;
}

type Connection = Asked & {readonly name: string; readonly isOld: boolean};

function fits(tree: RuleTree, asked: Connection): Answer {
	switch (tree.type) {
		case 'and': {
			const [left, right] = [fits(tree.left, asked), fits(tree.right, asked)];
			return left === false || right === false
				? false
				: left === undefined || right === undefined
					? undefined
					: true;
		}

		case 'or': {
			const [left, right] = [fits(tree.left, asked), fits(tree.right, asked)];
			return left === true || right === true
				? true
				: left === undefined || right === undefined
					? undefined
					: false;
		}

		case 'not': {
			const inner = fits(tree.of, asked);
			return inner === undefined ? undefined : !inner;
		}

		case 'call':
			return fitsCall(tree.name, tree.values, asked);
	}
}

function fitsCall(
	call: string,
	values: readonly string[],
	{name, client, budget, isOld}: Connection,
): Answer {
	switch (call) {
		case 'hostsni':
			return values.some(
				(host) =>
					host === '*' || (name !== '' && host.toLowerCase().replace(/\.$/u, '') === name.toLowerCase()),
			);
		case 'hostsniregexp': {
			const results = values.map((value) =>
				isOld
					? testRegex(templatePattern(value, '[^.]+'), name, {whole: true, budget})
					: testRegex(value, name, {whole: false, budget}),
			);
			return results.includes('matches') ? true : results.includes('invalid') ? undefined : false;
		}

		case 'clientip': {
			const ip = client.kind === 'external' && client.ip !== undefined ? parseIp(client.ip) : undefined;
			return ip && values.some((range) => isWithin(ip, range));
		}

		default:
			// What the client offers by ALPN is not known.
			return undefined;
	}
}
