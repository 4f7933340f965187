// What the Routing page reads, apart from what every page needs.
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type {
  PolicyCheck,
  PolicyDocument,
  PolicyVersion,
} from '../../src/contract/policy/document.ts';
import { ask, client } from './client.ts';

export const policyQuery = queryOptions({
  queryKey: ['policy'],
  queryFn: async () => (await ask(client.GET('/api/v1/policy/versions'))).items,
});
/** The one in force, with names as people write them. */
export const policyInForceQuery = queryOptions({
  queryKey: ['policy', 'in-force'],
  queryFn: async () =>
    (await ask(
      client.GET('/api/v1/policy', { params: { query: { names: true } } }),
    )) as PolicyVersion,
});
export const policyCheckQuery = (policy: PolicyDocument) =>
  queryOptions({
    queryKey: ['policy-check', policy],
    queryFn: () => ask(client.POST('/api/v1/policy/check', { body: { policy } })),
    // What was found in an earlier draft stands until the answer comes.
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
export const policyVersionQuery = (version: number) =>
  queryOptions({
    queryKey: ['policy', 'version', version],
    queryFn: async () => {
      const params = { path: { version }, query: { names: true } };
      return (await ask(
        client.GET('/api/v1/policy/versions/{version}', { params }),
      )) as PolicyVersion;
    },
  });
/** With what it would change for conversations; worked out anew each time. */
export const policyTryQuery = (policy: PolicyDocument) =>
  queryOptions({
    queryKey: ['policy-try', policy],
    queryFn: async () =>
      (await ask(
        client.POST('/api/v1/policy/check', { body: { policy, try: true } }),
      )) as PolicyCheck,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
