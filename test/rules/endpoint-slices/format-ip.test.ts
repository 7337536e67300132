import {expect, test} from 'vitest';
import {formatIp} from '../../../source/rules/endpoint-slices/format-ip.ts';

test.each([
	['10.0.0.1', '10.0.0.1'],
	['FD00:0:0:0::1', 'fd00::1'],
	['1234::5678:0000:0000:9abc:def0', '1234::5678:0:0:9abc:def0'],
	['0:0:0:0:0:0:0:0', '::'],
	['::1', '::1'],
	['1::', '1::'],
	['1:0:2:0:3:0:4:0', '1:0:2:0:3:0:4:0'],
	['::ffff:10.0.0.1', '10.0.0.1'],
	['web.example.com', undefined],
	['', undefined],
])('writes %s as Go does', (text, written) => {
	expect(formatIp(text)).toBe(written);
});
