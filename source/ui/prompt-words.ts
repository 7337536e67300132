/** The one table of words after `:`; help and completion derive from it. What is none of them is a target. */
export const promptWords = [
	{word: 'ns', takes: 'NAME', help: 'list the entries of a namespace, or of all'},
	{word: 'ctx', takes: 'NAME', help: 'look at the cluster of a context'},
	{word: 'from', takes: 'SOURCE', help: 'ask from external[:IP], node/NAME or pod/NAME'},
	{word: 'method', takes: 'NAME', help: 'ask with a method; without a name take it back'},
	{word: 'header', takes: 'NAME: VALUE', help: 'ask with one more header, or without any'},
	{word: 'query', takes: 'NAME=VALUE', help: 'ask with one more parameter, or without any'},
	{word: 'kinds', takes: '', help: 'show what is read, and how old it is'},
	{word: 'help', takes: '', help: 'show this'},
	{word: 'suspend', takes: '', help: 'stop knet for now'},
	{word: 'q', takes: '', help: 'quit'},
] as const;
