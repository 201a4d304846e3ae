// The edges of what is an email address, a phone number and an IP address.
import {
	email,
	ipAddress,
	phone,
	westernDigits,
} from '../../../../nodes/Didit/actions/common/contactChecks.ts';
import type { Field } from '../../../../nodes/Didit/actions/common/values.ts';
import { InputError } from '../../../../nodes/Didit/transport/errors.ts';

const FIELD = { label: 'Some Field' };
type Check = (value: string, field: Field) => string;

const takes = (check: Check) => (given: string, sent: string) =>
	expect(check(given, FIELD)).toBe(sent);
const refuses = (check: Check) => (given: string) =>
	expect(() => check(given, FIELD)).toThrow(InputError);

const label63 = 'x'.repeat(63);

it.each([
	['NORA@EXAMPLE.COM', 'NORA@EXAMPLE.COM'],
	['a.b+c_d@x-1.example', 'a.b+c_d@x-1.example'],
	[`${'a'.repeat(242)}@example.com`, `${'a'.repeat(242)}@example.com`],
	[`nora@${label63}.example`, `nora@${label63}.example`],
	['nora@a.b1', 'nora@a.b1'],
	['nora@a.4u', 'nora@a.4u'],
	['"Nora@Example.com" <nora@example.com>', 'nora@example.com'],
	["'nora@example.com'<nora@example.com>", 'nora@example.com'],
	['Nora < nora@example.com >', 'nora@example.com'],
	['MAILTO:nora@example.com', 'nora@example.com'],
	['<mailto:nora@example.com>', 'nora@example.com'],
])('sends the email address %j as %j', takes(email));

it.each([
	`${'a'.repeat(243)}@example.com`,
	`nora@${label63}x.example`,
	'nora@-a.example',
	'nora@a-.example',
	'nora@a..example',
	'nora@.example',
	'nora@example.1',
	'nora@example.12',
	'nora@example.com..',
	'.nora@example.com',
	'nora.@example.com',
	'no..ra@example.com',
	'@example.com',
	'nora@',
	'nora',
	'nora sample@example.com',
	'x mailto:nora@example.com',
	'Nora > <nora@example.com>',
	'bob@example.com <nora@example.com>',
	'nora@exa\\mple.com',
	'nora@example.com?subject=a',
	'nora@example.com#a',
	'nora@exa%6dple.com',
	'nora@müller.example/x',
	'nora@mü ller.example',
	'nora@ü',
])('sends no email to %j', refuses(email));

it.each([
	['+34 600.000.000', '+34600000000'],
	['+34 600–000—000', '+34600000000'],
	['+34 600\u2212000\u2212000', '+34600000000'],
	['0034 600 000 000', '+34600000000'],
	['(+34) 600 000 000', '+34600000000'],
	['SMS:+34 600 000 000', '+34600000000'],
	['Tel:0034600000000', '+34600000000'],
	['+123456', '+123456'],
	['+123456789012345', '+123456789012345'],
	['+7 (0) 900 000 0000', '+79000000000'],
	['+378 0549 000000', '+3780549000000'],
])('sends the phone number %j as %j', takes(phone));

it.each([
	'+12345',
	'+1234567890123456',
	'+0034600000000',
	'34600000000',
	'my tel:+34600000000',
	'+34 600 000 000 X5',
	'+34 600 000 000 EXT',
	'+34 600 000 000 [12]',
	'+34 600 000 00a',
	'+7 0900 000 0000',
	'+34 600+000 000',
	'+34tel:600000000',
	'+2',
	'+',
	'',
])('sends nothing to the phone number %j', refuses(phone));

it.each(['+39 (0)6 1234567', '+34 0600 000 000'])('asks for %j without its zero', (given) =>
	expect(() => phone(given, FIELD)).toThrow(
		expect.objectContaining({
			advice: expect.stringContaining('without the 0 after the country code') as string,
		}),
	),
);

it.each([
	['０９', '09'],
	['٠٩', '09'],
	['۰۹', '09'],
	['०९', '09'],
	['๐๙', '09'],
	['A（ｂ）～', 'A(b)~'],
	['𝟘', '𝟘'],
	['ab 12', 'ab 12'],
])('reads %j as %j', (given, plain) => expect(westernDigits(given)).toBe(plain));

it.each([
	['255.255.255.255', '255.255.255.255'],
	['0.0.0.0', '0.0.0.0'],
	['2001:DB8::1', '2001:DB8::1'],
	['::FFFF:203.0.113.7', '203.0.113.7'],
	['::ffff:cb00:7107', '::ffff:cb00:7107'],
	['1::ffff:203.0.113.7', '1::ffff:203.0.113.7'],
	['fe80::1%eth0', 'fe80::1'],
	['For=93.184.215.14;proto=https', '93.184.215.14'],
	['proto=https; for="93.184.215.14:80"', '93.184.215.14'],
	['UNKNOWN, _secret, _a.b-c:80, 93.184.215.14', '93.184.215.14'],
	['10.0.0.1, fd00::1', '10.0.0.1'],
	['fd00::1, 93.184.215.14, 8.8.8.8', '93.184.215.14'],
	['93.184.215.14:65535', '93.184.215.14'],
])('sends the IP address of %j as %j', takes(ipAddress));

it.each([
	'203.0.113',
	'203.0.113.7.1',
	'203.0.113.256',
	'203.0.113.07',
	'1234.0.113.7',
	'203.0.113.x',
	'203.0.113.7:123456',
	'[2001:db8::1]:123456',
	'g::1',
	'2001:db8',
	'2001:db8::1]/x',
	'x[2001:db8::1]',
	'203".0.113.7',
	'xunknown, 203.0.113.7',
	'unknown host, 203.0.113.7',
	':::',
	'abcd',
	'93.184.215.14, here',
	'',
	', ,',
])('sends no IP address for %j', refuses(ipAddress));
