// Reads an event as JSON from its first argument, and writes the calendar that ical-generator makes of it, as JSON. Then, for
// each number on a line of standard input, makes it so often, and writes the seconds that each took, as a JSON list.
import { createInterface } from "node:readline";
import ical from "ical-generator";

const event = JSON.parse(process.argv[2]);
const timezone = { name: event.zone, generator: () => event.vtimezone };

function build() {
  const calendar = ical({ prodId: "//x//y//", method: "REQUEST", scale: "GREGORIAN", timezone });
  calendar.createEvent({
    id: event.uid,
    sequence: 0,
    stamp: new Date(event.dtstamp),
    start: new Date(event.start),
    end: new Date(event.end),
    timezone: event.zone,
    summary: event.summary,
    location: event.location,
    description: event.description,
    status: "CONFIRMED",
    organizer: event.organizer,
    attendees: event.attendees.map((guest) => ({
      ...guest,
      type: "INDIVIDUAL",
      role: "REQ-PARTICIPANT",
      status: "NEEDS-ACTION",
      rsvp: true,
    })),
  });
  return calendar.toString();
}

const write = (value) => process.stdout.write(JSON.stringify(value) + "\n");

write(build());
for await (const line of createInterface({ input: process.stdin })) {
  write(
    Array.from({ length: Number(line) }, () => {
      const begin = performance.now();
      build();
      return (performance.now() - begin) / 1000;
    }),
  );
}
