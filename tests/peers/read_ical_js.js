// Reads a JSON list of calendars from standard input; writes what ical.js finds in each to standard output.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

function attendee(property) {
  return [
    property.getFirstValue(),
    property.getFirstParameter("partstat") ?? "",
    property.getFirstParameter("role") ?? "",
    property.getFirstParameter("cn") ?? "",
  ];
}

function reading(text) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const event = calendar.getFirstSubcomponent("vevent");
  const value = (name) => event.getFirstPropertyValue(name);
  const organizer = event.getFirstProperty("organizer");
  return {
    method: calendar.getFirstPropertyValue("method"),
    uid: value("uid"),
    sequence: value("sequence"),
    status: value("status") ?? "",
    start: value("dtstart").toUnixTime(),
    end: value("dtend").toUnixTime(),
    dtstamp: value("dtstamp").toUnixTime(),
    summary: value("summary"),
    location: value("location") ?? "",
    description: value("description") ?? "",
    organizer: [organizer.getFirstValue(), organizer.getFirstParameter("cn") ?? ""],
    attendees: event.getAllProperties("attendee").map(attendee),
  };
}

const texts = JSON.parse(readFileSync(0, "utf-8"));
process.stdout.write(JSON.stringify(texts.map(reading)));
