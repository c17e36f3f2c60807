// Posts a file with fetch and keeps the answer in another: node send_file.mjs URL CONTENT_TYPE FILE ANSWER
import { createReadStream, createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

const [url, contentType, file, answer] = process.argv.slice(2);
const body = Readable.toWeb(createReadStream(file));
const response = await fetch(url, { method: "POST", headers: { "Content-Type": contentType }, body, duplex: "half" });
if (!response.ok) throw new Error(`status ${response.status}`);
await pipeline(Readable.fromWeb(response.body), createWriteStream(answer));
