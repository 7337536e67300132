/**
Of what a rule answers itself. A status of 400 and more is no fault where the rule is there for it (gone, forbidden). Of 500 and more
it is one all the same: the client sees an outage, as with a maintenance page that nobody took away.
*/
export function answerSeverity(status: number, isMeant: boolean): 'info' | 'error' {
	return status < 400 || (isMeant && status < 500) ? 'info' : 'error';
}
