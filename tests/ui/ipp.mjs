// A print service on loopback that speaks as much IPP as the desk asks for (RFC 8010, RFC 8011). What it says is the
// test's; a real CUPS is driven in tests/tests/paper.
import { createServer } from "node:http";

const bytes = (n, value) => {
  const b = Buffer.alloc(n);
  b.writeIntBE(value, 0, n);
  return b;
};
const attribute = (tag, name, value) => Buffer.concat([Buffer.from([tag]), bytes(2, Buffer.byteLength(name)), Buffer.from(name), bytes(2, value.length), value]);
const text = (tag, name, ...values) => Buffer.concat(values.map((v, i) => attribute(tag, i ? "" : name, Buffer.from(v))));
const integer = (tag, name, value) => attribute(tag, name, bytes(4, value));
const answer = (status, ...groups) => Buffer.concat([Buffer.from([2, 0]), bytes(2, status), bytes(4, 1), Buffer.from([1]), text(0x47, "attributes-charset", "utf-8"), text(0x48, "attributes-natural-language", "en"), ...groups, Buffer.from([3])]);

/** Listens; `printer.reasons` and `printer.job` (5 running, 9 done) are what it says next, `printer.sent` what it was sent. */
export async function printService() {
  const printer = { name: "LaserJet_1020", info: "办公室 LaserJet 1020", state: 3, reasons: ["none"], job: 5, sent: [] };
  const describe = () => Buffer.concat([Buffer.from([4]), text(0x42, "printer-name", printer.name), text(0x41, "printer-info", printer.info), integer(0x23, "printer-state", printer.state), text(0x44, "printer-state-reasons", ...printer.reasons), attribute(0x22, "printer-is-accepting-jobs", Buffer.from([1])), text(0x44, "sides-supported", "one-sided", "two-sided-long-edge"), text(0x44, "media-supported", "iso_a4_210x297mm", "iso_a3_297x420mm")]);
  const server = createServer((request, response) => {
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      const body = Buffer.concat(parts);
      const operation = body.readUInt16BE(2);
      let out;
      if (operation === 0x0002) {
        printer.sent.push(body.subarray(body.indexOf("%PDF-")));
        out = answer(0, Buffer.from([2]), integer(0x21, "job-id", printer.sent.length));
      } else if (operation === 0x0009) out = answer(0, Buffer.from([2]), integer(0x23, "job-state", printer.job));
      else if (operation === 0x0008) {
        printer.job = 7;
        out = answer(0);
      } else if (operation === 0x000a) out = answer(0);
      else out = answer(0, describe());
      response.writeHead(200, { "Content-Type": "application/ipp", "Content-Length": out.length });
      response.end(out);
    });
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { printer, port: server.address().port, close: () => server.close() };
}
