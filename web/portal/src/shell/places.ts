import { useProgram } from '../api/program.tsx';

/** The address of every page of a program, below `/p`. */
export const placesOf = (program: string) => ({
  home: `/${program}`,
  card: `/${program}/card`,
  rewards: `/${program}/rewards`,
  reward: (id: string) => `/${program}/rewards/${id}`,
  history: `/${program}/history`,
  orders: `/${program}/orders`,
  goals: `/${program}/challenges`,
  messages: `/${program}/messages`,
  profile: `/${program}/profile`,
  enterCode: `/${program}/enter-code`,
  give: `/${program}/give`,
  report: `/${program}/report`,
  invite: `/${program}/invite`,
  join: `/${program}/join`,
  signIn: `/${program}/sign-in`,
  code: `/${program}/code`,
  terms: `/${program}/terms`,
});

/** The addresses of the program on the screen. */
export const usePlaces = () => placesOf(useProgram().code);
