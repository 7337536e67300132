/**
The severity of an answer that a rule gives itself. A status from 400 to 499 is no fault where the author wants it (gone, forbidden).
500 and more is always a fault: the client sees an outage, as with a maintenance page that nobody took away.
*/
export function answerSeverity(status: number, isMeant: boolean): 'info' | 'error' {
	return status < 400 || (isMeant && status < 500) ? 'info' : 'error';
}
