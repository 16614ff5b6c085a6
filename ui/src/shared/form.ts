import { reactive } from "vue";
import { asApiError, type ApiError } from "../backend";

/** What is wrong with one field; a second fault of the same field stands under the first. */
export interface Fault {
  message_key: string;
  args: Record<string, string | number>;
  more?: Fault[];
}

/** One form's state: whether it is on its way, what is wrong in which field, what is wrong altogether. */
export interface Form {
  busy: boolean;
  error: ApiError | undefined;
  fields: Record<string, Fault>;
  /** Sends, and sorts what comes back wrong to its fields. Returns nothing if it went wrong. */
  send: <T>(work: () => Promise<T>) => Promise<T | undefined>;
  clear: () => void;
}

/** `names` says which field of the form shows what the core calls otherwise. */
export function useForm(names: Record<string, string> = {}): Form {
  const form: Form = reactive({
    busy: false,
    error: undefined,
    fields: {},
    async send<T>(work: () => Promise<T>): Promise<T | undefined> {
      if (form.busy) return undefined;
      form.busy = true;
      form.clear();
      try {
        return await work();
      } catch (thrown) {
        const error = asApiError(thrown);
        form.error = error;
        for (const f of error.fields ?? []) {
          const path = names[f.path] ?? f.path;
          const fault: Fault = { message_key: f.message_key, args: f.args as Record<string, string | number> };
          const first = form.fields[path];
          if (first) (first.more ??= []).push(fault);
          else form.fields[path] = fault;
        }
        return undefined;
      } finally {
        form.busy = false;
      }
    },
    clear() {
      form.error = undefined;
      form.fields = {};
    },
  });
  return form;
}
