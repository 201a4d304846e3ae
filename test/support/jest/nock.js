/** Node's HTTP modules outlive a test file, so nock lets go of them; or every file would go through all nocks before it. */
const { afterAll } = require('@jest/globals');
const nock = require('nock');

afterAll(() => nock.restore());
