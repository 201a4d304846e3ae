/** Version 1's token exchange. */
import { type Resource } from '../pipeline.mts';
import { now } from '../../model/state.mts';
import { issueToken } from '../../model/tokens.mts';

export const token: Resource = {
	version: 'v1',
	handlers: {
		'token.create': ({ state }) => {
			const lifetime = state.settings.tokenLifetime;
			const access_token = issueToken(state);
			const iat = Math.floor(now(state) / 1000);
			return {
				status: 200,
				body: {
					iss: 'https://didit.me',
					iat,
					sub: state.applicationId,
					client_id: state.credentials.clientId,
					organization_id: state.organizationId,
					expires_in: lifetime,
					exp: iat + lifetime,
					access_token,
				},
			};
		},
	},
};
