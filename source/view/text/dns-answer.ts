type Answer = {readonly rcode: string; readonly answers: readonly {readonly data: string}[]};

/** The data of an answer in a stable order, or why there is none. */
export function answerText({rcode, answers}: Answer): string {
	const data = answers.map((answer) => answer.data).toSorted();
	return data.length > 0 ? data.join(', ') : (withoutData[rcode] ?? rcode);
}

const withoutData: Readonly<Record<string, string>> = {
	NOERROR: 'no records',
	UNAVAILABLE: 'no answer',
};
