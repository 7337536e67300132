/** Flags that a tool takes as an argument of another name, or of their own without dashes. */
const argumentOf: Readonly<Record<string, string>> = {
	'--from': 'from',
	'--header': 'headers',
	'--method': 'method',
	'--type': 'type',
	'--probe': 'probe',
	'--selector': 'selector',
	'-l': 'selector',
	'--namespace': 'namespace',
	'-n': 'namespace',
	'--all-namespaces': 'allNamespaces',
	'-A': 'allNamespaces',
};

/** An agent has arguments, and no flags: hints name those. Commands of kubectl stay as they are. */
export function withArgumentNames(text: string): string {
	return text
		.split('\n')
		.map((line) =>
			/\bkubectl\b/u.test(line)
				? line
				: line.replaceAll(/(?<![\w-])--?[A-Za-z-]+/gu, (name) => argumentOf[name] ?? name),
		)
		.join('\n');
}
