/** Once one test has noticed a change, the others are skipped: Stryker has all of them run. */
const { TestEnvironment } = require('jest-environment-node');

let noticed;

const changeNow = () => process.env.__STRYKER_ACTIVE_MUTANT__;

module.exports = class extends TestEnvironment {
	/** Whether the change that the tests run against was noticed. */
	static isNoticed = () => noticed !== undefined && noticed === changeNow();

	handleTestEvent({ name, test }) {
		if (name === 'test_done' && test.errors.length > 0) noticed = changeNow();
		if (name === 'test_start' && noticed !== undefined && noticed === changeNow())
			test.mode = 'skip';
	}
};
