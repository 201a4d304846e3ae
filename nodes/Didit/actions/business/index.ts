import { create } from '../vendorRecord/create';
import { deleteRecordAndSessions } from '../vendorRecord/delete';
import { get } from '../vendorRecord/get';
import { getAll } from '../vendorRecord/getAll';
import { monitorAml, stopMonitoringAml } from '../vendorRecord/monitorAml';
import { update } from '../vendorRecord/update';
import { updateStatus } from '../vendorRecord/updateStatus';
import type { Resource } from '../common/operation';
import { business as entity } from './business';

export const business: Resource = {
	option: { name: 'Business', value: 'business' },
	operations: [
		get(entity),
		getAll(entity),
		create(entity),
		update(entity),
		updateStatus(entity),
		monitorAml(entity),
		stopMonitoringAml(entity),
		deleteRecordAndSessions(entity),
	],
};
