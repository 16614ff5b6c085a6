import type { Backend } from "./types";

export const backend: Backend = {
  host: "browser",
  async call(name, request) {
    const response = await fetch(`/rpc/${name}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(request) });
    const body: unknown = await response.json();
    if (!response.ok) throw body;
    return body as never;
  },
};
