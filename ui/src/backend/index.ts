import { getCurrentScope, onScopeDispose } from "vue";
import type { ApiError, Backend, CommandName, Commands } from "./types";

export type { ApiError, CommandName, Commands };

let chosen: Promise<Backend> | undefined;

function backend(): Promise<Backend> {
  chosen ??= "__TAURI_INTERNALS__" in window ? import("./tauri").then((m) => m.backend) : import("./http").then((m) => m.backend);
  return chosen;
}

type Listener = (features: string[]) => void;
const listeners = new Set<Listener>();

/** Runs `fn` whenever one of `features` has new rows; ends with the component that asked. */
export function onChanged(features: string[], fn: () => void): () => void {
  const listener: Listener = (changed) => {
    if (changed.some((f) => features.includes(f))) fn();
  };
  listeners.add(listener);
  const end = () => listeners.delete(listener);
  if (getCurrentScope()) onScopeDispose(end);
  return end;
}

let recheck: () => void = () => {};

/** Says what happens when a command was denied: perhaps nobody is signed in any more. */
export function onDenied(fn: () => void): void {
  recheck = fn;
}

/** Calls one command of the office. Throws an {@link ApiError}, whatever went wrong. */
export async function call<N extends CommandName>(name: N, request: Commands[N]["request"]): Promise<Commands[N]["response"]> {
  try {
    const reply = await (await backend()).call(name, request);
    // seen in the timeline of a browser's tools, and by the bench: no content, only when a command was last answered
    performance.clearMarks(name);
    performance.mark(name);
    // whoever leaves takes the pages along: nothing is left to read again
    if (reply.changed.length && name !== "access_lock" && name !== "access_sign_out") for (const listener of [...listeners]) listener(reply.changed);
    return reply.value;
  } catch (error) {
    const known = asApiError(error);
    if (known.code === "denied" && name !== "access_status" && name !== "access_sign_in") recheck();
    throw known;
  }
}

/** Reads whatever was thrown as an error of the office; anything unknown is a fault of the program. */
export function asApiError(error: unknown): ApiError {
  if (error && typeof error === "object" && "code" in error && "message_key" in error) return error as ApiError;
  const unreachable = error instanceof TypeError || error instanceof SyntaxError;
  return {
    code: unreachable ? "environment" : "bug",
    message_key: unreachable ? "ui-core-unreachable" : "ui-fault",
    args: {},
    fields: [],
    report_id: "",
  };
}
