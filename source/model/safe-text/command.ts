/** A command to paste into a shell: each word stays one word, whatever it holds. Absent words are left out. */
export function command(...words: readonly (string | undefined)[]): string {
	return words.flatMap((word) => (word === undefined ? [] : [quoted(word)])).join(' ');
}

/** `kubectl` in the namespace of an object, or in none where the object has none. */
export function kubectl(
	{namespace}: {readonly namespace?: string},
	...words: readonly (string | undefined)[]
): string {
	return namespace ? command('kubectl', '-n', namespace, ...words) : command('kubectl', ...words);
}

// What neither a POSIX shell nor zsh (`=word`, `~`) reads as more than itself (XCU 2.2, Quoting).
const plain = /^[\w@%+,.:/-][\w@%+,.:/=-]*$/u;

/** Only a quote ends what single quotes hold: it is written outside of them. */
function quoted(word: string): string {
	return plain.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
