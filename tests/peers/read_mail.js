// Reads a JSON list of messages from standard input; writes what postal-mime finds in each to standard output.
import { readFileSync } from "node:fs";
import PostalMime from "postal-mime";

async function reading(message) {
  const found = await PostalMime.parse(message, { attachmentEncoding: "base64" });
  return {
    headers: found.headers.map((header) => header.key).sort(),
    from: found.from,
    to: found.to,
    cc: found.cc ?? [],
    subject: found.subject,
    date: found.date,
    message_id: found.messageId,
    text: found.text,
    html: found.html,
    calendars: found.attachments.map((part) => [part.mimeType, part.method ?? "", part.disposition ?? "", part.content]),
  };
}

const messages = JSON.parse(readFileSync(0, "utf-8"));
process.stdout.write(JSON.stringify(await Promise.all(messages.map(reading))));
