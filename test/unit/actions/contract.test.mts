// Every request that an operation can produce is valid under Didit's contract, whatever a builder fills in.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { CASES } from '../../support/cases.mts';
import { expectAll } from '../../support/operations.mts';
import { attempt, problemsOf } from '../../support/generated.mts';

/** These have tests of their own: Session: Create is in create.contract.test.mts, Wait for Result sends what Get sends. */
const OWN = ['session create', 'session waitForResult'];

it('knows every operation', () => {
	const names = CASES.map(({ resource, operation }) => `${resource} ${operation}`);
	expectAll([...names, ...OWN], 'CASES in test/support/cases.mts');
});

describe.each(CASES)('$resource $operation', ({ resource, operation, parameters, v1 }) => {
	it.each(v1 ? [false, true] : [false])(
		'sends nothing that the contract does not allow (client ID and secret: %s)',
		async (withSecret) => {
			let sent = 0;
			await fc.assert(
				fc.asyncProperty(parameters, async (given) => {
					const outcome = await attempt(resource, operation, given as IDataObject, withSecret);
					assert.deepEqual(outcome.sent.flatMap(problemsOf), []);
					assert(!JSON.stringify(outcome.sent).includes('delete_all'));
					if (outcome.sent.length > 0) sent++;
				}),
				{ numRuns: 300 },
			);
			// The property would hold for a node that refuses everything. Of what is invented, about one in ten is sent at least.
			expect(sent).toBeGreaterThan(5);
		},
	);
});
