/** For mutation tests: always the same invented cases, and one that fails isn't searched for a smaller one. */
require('fast-check').configureGlobal({ seed: 20261128, endOnFailure: true });
