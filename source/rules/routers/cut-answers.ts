import type {Answers} from '../controllers/record/facts.ts';

/**
Where a connection itself is passed on, no controller answers in HTTP: of TLS that nobody takes the handshake fails, and what a client
sees of any other is not known. `withoutEndpoints`: the connection is taken, and cut, although there is nobody.
*/
export function cutAnswers(isTls: boolean, withoutEndpoints: boolean): Answers {
	const cut = isTls ? 'tls-error' : undefined;
	const answers: Answers = {refused: cut, unreachable: cut, dropped: cut, reset: cut};
	return withoutEndpoints ? {...answers, 'no-endpoints': cut} : answers;
}
