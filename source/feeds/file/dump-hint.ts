import {dumpCommand} from '../../model/safe-text/dump-command.ts';

/** How to write a file with every kind that knet reads. */
export const dumpHint = `Give a dump: knet snapshot FILE writes one of every kind. Or: ${dumpCommand}, and the Gateway API kinds.`;
