import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { ApiProblem, type CodeConfirm, type JoinInput, type Member, type MemberTransferInput, type MyChange, type MyOrderInput } from '@wracam/sdk';
import { useAct } from '@wracam/ui/act.ts';
import { useActKey } from '@wracam/ui/act-key.ts';
import { useLang } from '@wracam/ui/lang.tsx';
import { putNewer, readAgain } from '@wracam/ui/newer-answer.ts';
import { useRef } from 'react';
import { forgetCard, rememberCard } from '../session/remembered-card.ts';
import { useClient } from './client.ts';
import { useProgram } from './program.tsx';

const PAGE = 25;

const isSignedOut = (error: unknown) => error instanceof ApiProblem && error.problem.status === 401;

/** The signed-in member; null for a visitor. Keeps the card number on this device, so that the card works offline. */
export function useMe() {
  const client = useClient();
  const program = useProgram().code;
  return useQuery({
    queryKey: ['me', program],
    queryFn: async ({ signal }): Promise<Member | null> => {
      try {
        const me = await client.getMyself({ params: { program }, signal });
        rememberCard(program, me.number);
        return me;
      } catch (error) {
        if (!isSignedOut(error)) throw error;
        forgetCard(program);
        return null;
      }
    },
  });
}

/** Own level and what is missing to the next; `tier` is null where the program has no levels. */
export function useMyTier(enabled = true) {
  const client = useClient();
  const program = useProgram().code;
  const lang = useLang();
  return useQuery({ queryKey: ['mine', program, 'tier', lang], queryFn: ({ signal }) => client.getMyTier({ params: { program }, signal }), enabled });
}

/** Own movements, newest first, page by page. */
export function useMyHistory() {
  const client = useClient();
  const program = useProgram().code;
  const lang = useLang();
  return useInfiniteQuery({
    queryKey: ['mine', program, 'history', lang],
    queryFn: ({ pageParam, signal }) => client.listMyHistory({ params: { program }, query: { limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
}

/** Why points came or went; asked only when somebody opens it. */
export function useMyExplanation(transfer: string | null) {
  const client = useClient();
  const program = useProgram().code;
  const lang = useLang();
  return useQuery({
    queryKey: ['mine', program, 'explanation', transfer, lang],
    queryFn: ({ signal }) => client.explainMyTransfer({ params: { program, transfer: transfer ?? '' }, signal }),
    enabled: transfer !== null,
  });
}

/** Own balances with every date on which points end. */
export function useMyBalances() {
  const client = useClient();
  const program = useProgram().code;
  return useQuery({ queryKey: ['mine', program, 'balances'], queryFn: ({ signal }) => client.getMyBalances({ params: { program }, signal }) });
}

/** What rules gave besides points, newest first, page by page. */
export function useMyGrants() {
  const client = useClient();
  const program = useProgram().code;
  return useInfiniteQuery({
    queryKey: ['mine', program, 'grants'],
    queryFn: ({ pageParam, signal }) => client.listMyGrants({ params: { program }, query: { limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
}

/** What rules wrote to the member, newest first, page by page. */
export function useMyMessages() {
  const client = useClient();
  const program = useProgram().code;
  const lang = useLang();
  return useInfiniteQuery({
    queryKey: ['mine', program, 'messages', lang],
    queryFn: ({ pageParam, signal }) => client.listMyMessages({ params: { program }, query: { limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
}

/** Own orders, newest first, page by page. */
export function useMyOrders() {
  const client = useClient();
  const program = useProgram().code;
  return useInfiniteQuery({
    queryKey: ['mine', program, 'orders'],
    queryFn: ({ pageParam, signal }) => client.listMyOrders({ params: { program }, query: { limit: PAGE, ...(pageParam ? { cursor: pageParam } : {}) }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
}

/** Orders rewards. The same order is asked for under one key until it is answered: pressing again after a broken connection orders once. */
export function usePlaceOrder() {
  const client = useClient();
  const program = useProgram().code;
  const refresh = useRefreshMine();
  const { keyFor, answered } = useActKey<MyOrderInput>();
  return useAct({
    mutationFn: (body: MyOrderInput) => client.placeMyOrder({ params: { program }, body, idempotencyKey: keyFor(body) }),
    onSuccess: answered,
    onSettled: refresh,
  });
}

export function useCancelOrder() {
  const client = useClient();
  const program = useProgram().code;
  const refresh = useRefreshMine();
  return useAct({ mutationFn: (order: string) => client.cancelMyOrder({ params: { program, order } }), onSettled: refresh });
}

/** Ways to more points that are open to the member now. */
export function useMyWays() {
  const client = useClient();
  const program = useProgram().code;
  return useQuery({ queryKey: ['mine', program, 'ways'], queryFn: ({ signal }) => client.getMyWays({ params: { program }, signal }) });
}

/** Uses a code from a package up. A repeat is harmless: a code works once, and its owner gets the first answer again. */
export function useRedeemCode() {
  const client = useClient();
  const program = useProgram().code;
  const refresh = useRefreshMine();
  return useAct({ mutationFn: (code: string) => client.redeemMyCode({ params: { program }, body: { code } }), onSuccess: refresh });
}

/** Whom a number or a card means, before points are given there. */
export function useFindRecipient() {
  const client = useClient();
  const program = useProgram().code;
  return useAct({ mutationFn: (numberOrCard: string) => client.findMyRecipient({ params: { program }, body: { numberOrCard } }) });
}

/** Gives points to another member. The same gift goes under one key until it is answered: pressing again after a broken connection gives once. */
export function useGivePoints() {
  const client = useClient();
  const program = useProgram().code;
  const refresh = useRefreshMine();
  const { keyFor, answered } = useActKey<MemberTransferInput>();
  return useAct({
    mutationFn: (body: MemberTransferInput) => client.moveMyPoints({ params: { program }, body, idempotencyKey: keyFor(body) }),
    onSuccess: answered,
    onSettled: refresh,
  });
}

function useRefreshMine() {
  const queries = useQueryClient();
  const program = useProgram().code;
  return () => Promise.all([['me', program], ['mine', program], ['portal', program]].map((queryKey) => readAgain(queries, queryKey)));
}

/** Asks for a code; the answer is the same whether or not the address is known. */
export function useRequestCode() {
  const client = useClient();
  const program = useProgram().code;
  return useAct({ mutationFn: (email: string) => client.requestMemberCode({ params: { program }, body: { email } }) });
}

/** Asks to join; membership begins when the code is confirmed. */
export function useJoin() {
  const client = useClient();
  const program = useProgram().code;
  return useAct({ mutationFn: (body: JoinInput) => client.joinProgram({ params: { program }, body }) });
}

/** Opens the session with the code. */
export function useConfirmCode() {
  const client = useClient();
  const program = useProgram().code;
  const queries = useQueryClient();
  return useAct({
    mutationFn: (body: CodeConfirm) => client.confirmMemberCode({ params: { program }, body }),
    onSuccess: (me) => {
      rememberCard(program, me.number);
      queries.removeQueries({ queryKey: ['mine', program] });
      return putNewer(queries, ['me', program], me);
    },
  });
}

/** Takes everything personal off this device. */
export function useForgetMe() {
  const program = useProgram().code;
  const queries = useQueryClient();
  return () => {
    forgetCard(program);
    queries.removeQueries({ queryKey: ['mine', program] });
    return putNewer(queries, ['me', program], null);
  };
}

/** Ends the session and takes everything personal off this device. */
export function useSignOut() {
  const client = useClient();
  const program = useProgram().code;
  const forget = useForgetMe();
  return useAct({
    mutationFn: async () => {
      await client.memberSignOut({ params: { program } }).catch((error: unknown) => {
        if (!isSignedOut(error)) throw error; // a session that ended by itself is signed out already
      });
    },
    onSuccess: forget,
  });
}

/** Changes the own profile, but for the address that signs in. */
export function useChangeMyself() {
  const client = useClient();
  const program = useProgram().code;
  const queries = useQueryClient();
  return useAct({ mutationFn: (body: MyChange) => client.changeMyself({ params: { program }, body }), onSuccess: (me) => putNewer(queries, ['me', program], me) });
}

/** Sends a code to a new address; the answer is the same whether or not somebody has it. */
export function useRequestMyEmail() {
  const client = useClient();
  const program = useProgram().code;
  return useAct({ mutationFn: (email: string) => client.requestMyEmailCode({ params: { program }, body: { email } }) });
}

/** Proves a new address. Its code works once, so after a lost answer the profile tells whether it did. */
export function useConfirmMyEmail() {
  const client = useClient();
  const program = useProgram().code;
  const queries = useQueryClient();
  const confirm = (body: CodeConfirm) => client.confirmMyEmail({ params: { program }, body }).catch(async (error: unknown) => {
    const me = await client.getMyself({ params: { program } }).catch(() => null);
    if (me?.email !== body.email.toLowerCase()) throw error;
    return me;
  });
  return useAct({ mutationFn: confirm, onSuccess: (me) => putNewer(queries, ['me', program], me) });
}

/** Ends the membership and takes everything personal off this device. */
export function useCloseAccount() {
  const client = useClient();
  const program = useProgram().code;
  const forget = useForgetMe();
  const unheard = useRef(false);
  return useAct({
    mutationFn: async () => {
      await client.closeMyAccount({ params: { program }, body: { confirm: true } }).catch((error: unknown) => {
        // Its session ends with the account: after a lost answer that is how a closed one is known.
        if (!(unheard.current && isSignedOut(error))) throw error;
      });
    },
    onError: (error) => { unheard.current ||= !(error instanceof ApiProblem); },
    onSuccess: forget,
  });
}
