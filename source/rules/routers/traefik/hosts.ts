import type {RuleTree} from './parse-rule.ts';

const named = new Set(['host', 'hostheader', 'hostsni']);

/** Hosts that a rule names; '' where it may take any. */
export function hostsOfRule(tree: RuleTree): readonly string[] {
	switch (tree.type) {
		case 'and': {
			const left = hostsOfRule(tree.left);
			return left.includes('') ? hostsOfRule(tree.right) : left;
		}

		case 'or':
			return [...new Set([...hostsOfRule(tree.left), ...hostsOfRule(tree.right)])];
		case 'not':
			return [''];
		case 'call':
			return named.has(tree.name)
				? tree.values.map((host) => (host === '*' ? '' : host.toLowerCase().replace(/\.$/u, '')))
				: [''];
	}
}

/** The first value of a matcher in a rule, where it has to hold: for a request that the rule is meant for. */
export function valuesOfRule(tree: RuleTree, name: string): readonly (readonly string[])[] {
	switch (tree.type) {
		case 'and':
			return [...valuesOfRule(tree.left, name), ...valuesOfRule(tree.right, name)];
		case 'or':
			return valuesOfRule(tree.left, name);
		case 'not':
			return [];
		case 'call':
			return tree.name === name ? [tree.values] : [];
	}
}
