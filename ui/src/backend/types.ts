import type { Commands } from "./generated/commands";
import type { ApiError } from "./generated/ApiError";

export type { Commands, ApiError };
export type CommandName = keyof Commands;

/** What every command answers: the value, and which features have new rows. */
export interface Reply<T> {
  value: T;
  changed: string[];
}

/** The one door to the office: the same commands through the window or through the development host. */
export interface Backend {
  readonly host: "window" | "browser";
  call<N extends CommandName>(name: N, request: Commands[N]["request"]): Promise<Reply<Commands[N]["response"]>>;
}
