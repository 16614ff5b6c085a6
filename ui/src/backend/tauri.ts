import { invoke } from "@tauri-apps/api/core";
import type { Backend } from "./types";

export const backend: Backend = {
  host: "window",
  call: (name, request) => invoke("rpc", { name, body: request }),
};
