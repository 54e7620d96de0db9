// Reads {calendar, until} objects, as a JSON list, from standard input; writes what ical.js finds in each calendar to
// standard output: its events as they stand, and when they take place, repeated, before `until`.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const moment = (time) => (time.isDate ? time.toString() : time.toUnixTime());
const parameter = (property, name) => property.getFirstParameter(name) ?? "";
const named = (property) => [property.getFirstValue(), parameter(property, "cn")];

function reading(event) {
  const value = (name) => event.getFirstPropertyValue(name);
  const moments = (name) => event.getAllProperties(name).flatMap((one) => one.getValues()).map(moment);
  const whole = new ICAL.Event(event, { exceptions: [] });
  const organizer = event.getFirstProperty("organizer");
  const conference = event.getFirstProperty("conference");
  return {
    uid: value("uid"),
    sequence: value("sequence"),
    status: value("status") ?? "",
    start: moment(whole.startDate),
    end: moment(whole.endDate),
    dtstamp: moment(value("dtstamp")),
    summary: value("summary"),
    location: value("location") ?? "",
    description: value("description") ?? "",
    organizer: [...named(organizer), parameter(organizer, "sent-by")],
    attendees: event.getAllProperties("attendee").map((one) => {
      const [uri, name] = named(one);
      return [uri, parameter(one, "partstat"), parameter(one, "role"), name];
    }),
    conference: conference ? [String(conference.getFirstValue()), parameter(conference, "feature")] : [],
    recurrence_id: event.hasProperty("recurrence-id") ? moment(value("recurrence-id")) : "",
    rrule: event.hasProperty("rrule") ? value("rrule").toString() : "",
    exdates: moments("exdate"),
    rdates: moments("rdate"),
    related: event.getAllProperties("related-to").map((one) => [one.getFirstValue(), parameter(one, "reltype")]),
    alarms: event.getAllSubcomponents("valarm").map((one) => [
      one.getFirstPropertyValue("action"),
      one.getFirstPropertyValue("description"),
      one.getFirstPropertyValue("trigger").toSeconds(),
    ]),
  };
}

function occurrences(events, until) {
  const found = [];
  const of = (event, starts, ends) =>
    found.push([moment(starts), moment(ends), event.component.getFirstPropertyValue("status") ?? ""]);
  const isMaster = (event) => !event.hasProperty("recurrence-id");
  const uids = new Set(events.map((event) => event.getFirstPropertyValue("uid")));
  for (const uid of uids) {
    const same = events.filter((event) => event.getFirstPropertyValue("uid") === uid);
    const apart = same.filter((event) => !isMaster(event));
    const masters = same.filter(isMaster).map((one) => new ICAL.Event(one, { exceptions: apart }));
    // Without its series an occurrence stands for itself.
    for (const event of masters.length ? masters : apart.map((one) => new ICAL.Event(one))) {
      if (!event.isRecurring()) {
        of(event, event.startDate, event.endDate);
        continue;
      }
      const dates = event.iterator();
      for (let next = dates.next(); next && next.toUnixTime() < until; next = dates.next()) {
        const details = event.getOccurrenceDetails(next);
        of(details.item, details.startDate, details.endDate);
      }
    }
  }
  return found;
}

function read({ calendar, until }) {
  const whole = new ICAL.Component(ICAL.parse(calendar));
  const events = whole.getAllSubcomponents("vevent");
  return {
    method: whole.getFirstPropertyValue("method"),
    name: whole.getFirstPropertyValue("x-wr-calname") ?? "",
    refresh: String(whole.getFirstPropertyValue("refresh-interval") ?? ""),
    events: events.map(reading),
    occurrences: occurrences(events, until),
  };
}

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf-8")).map(read)));
