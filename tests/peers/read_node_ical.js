// Reads {calendar, until} objects, as a JSON list, from standard input; writes what node-ical finds in each calendar to
// standard output: its events as they stand, and when they take place, repeated, before `until`. It knows no RDATE.
import { readFileSync } from "node:fs";
import ical from "node-ical";

const two = (number) => String(number).padStart(2, "0");
const day = (date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
const moment = (date) => (date.dateOnly ? day(date) : date.getTime() / 1000);
const list = (value) => (value === undefined ? [] : [value].flat());
const text = (value) => (value === undefined ? "" : String(value.val ?? value));
const parameter = (value, name) => String(value.params?.[name] ?? "");
// A duration before the start, as it is written (RFC 5545 §3.3.6): node-ical leaves it at that.
function seconds(trigger) {
  const [, days, hours, minutes] = /^-P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(trigger);
  return -(((Number(days ?? 0) * 24 + Number(hours ?? 0)) * 60 + Number(minutes ?? 0)) * 60);
}

function reading(event) {
  const days = event.start.dateOnly;
  return {
    uid: event.uid,
    sequence: event.sequence,
    status: text(event.status),
    start: moment(event.start),
    end: moment(event.end),
    dtstamp: moment(event.dtstamp),
    summary: text(event.summary),
    location: text(event.location),
    description: text(event.description),
    organizer: [text(event.organizer), parameter(event.organizer, "CN"), parameter(event.organizer, "SENT-BY")],
    attendees: list(event.attendee).map((one) => [
      text(one),
      ...["PARTSTAT", "ROLE", "CN"].map((name) => parameter(one, name)),
    ]),
    conference: event.conference ? [text(event.conference), parameter(event.conference, "FEATURE")] : [],
    recurrence_id: event.recurrenceid ? moment(event.recurrenceid) : "",
    rrule: event.rrule ? event.rrule.toString().split("RRULE:").at(-1).replace(/(UNTIL=\d{8})T000000Z/, days ? "$1" : "$&") : "",
    exdates: [...new Set(Object.values(event.exdate ?? {}))].map(moment),
    rdates: [],
    related: list(event["related-to"]).map((one) => [text(one), parameter(one, "RELTYPE")]),
    alarms: list(event.alarms).map((one) => [text(one.action), text(one.description), seconds(text(one.trigger))]),
  };
}

function occurrences(event, until) {
  if (!event.rrule) return [[moment(event.start), moment(event.end), text(event.status)]];
  const apart = Object.values(event.recurrences ?? {});
  const last = apart.reduce((latest, one) => Math.max(latest, one.start), until * 1000);
  const found = ical.expandRecurringEvent(event, { from: new Date(0), to: new Date(last) });
  return found
    .filter((one) => one.isOverride || one.start < until * 1000)
    .map((one) => [moment(one.start), moment(one.end), text(one.event.status)]);
}

function read({ calendar, until }) {
  const whole = ical.sync.parseICS(calendar);
  const events = Object.values(whole).filter((one) => one.type === "VEVENT");
  const apart = (event) => new Set(Object.values(event.recurrences ?? {}));
  return {
    method: whole.vcalendar.method,
    name: whole.vcalendar["WR-CALNAME"] ?? "",
    refresh: text(Object.values(whole).find((one) => one.params?.VALUE === "DURATION")),
    events: events.flatMap((event) => (event.recurrenceid ? [event] : [event, ...apart(event)])).map(reading),
    occurrences: events.flatMap((event) => occurrences(event, until)),
  };
}

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf-8")).map(read)));
