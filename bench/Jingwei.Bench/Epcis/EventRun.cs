using System.Diagnostics;
using System.Globalization;
using System.Text;
using Jingwei.Identifiers.Epcis;
using Jingwei.Identifiers.Epcis.Hashing;
using Jingwei.Identifiers.Epcis.Queries;

namespace Jingwei.Bench.Epcis;

/// <summary>A capture of many events of about a kilobyte: what it takes to read and check one, to hash it, and to ask whether a query wants it.</summary>
internal static class EventRun
{
    private const int Rounds = 200;

    /// <summary>Runs; false where an event is refused or a query wants another number of events than it should.</summary>
    public static bool Run(int events, TextWriter output)
    {
        var capture = Encoding.UTF8.GetBytes(Capture(events));
        var query = EventQuery.Read("eventType=ObjectEvent&GE_eventTime=2026-07-22T00:00:00Z&EQ_bizStep=shipping&MATCH_epc=urn:epc:idpat:sgtin:4012345.011111.*&EQ_bizTransaction_po=urn:epcglobal:cbv:bt:4012345000009:7").Query!;
        var (reading, hashing, matching) = (TimeSpan.MaxValue, TimeSpan.MaxValue, TimeSpan.MaxValue);
        long readBytes = 0, hashBytes = 0;
        var (valid, wanted) = (0, 0);
        Span<byte> digest = stackalloc byte[32];
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            using var document = EpcisReader.ReadJson(capture);
            reading = Least(reading, start);
            readBytes = GC.GetAllocatedBytesForCurrentThread() - before;
            valid = document.Events.Count;

            before = GC.GetAllocatedBytesForCurrentThread();
            start = Stopwatch.GetTimestamp();
            foreach (var read in document.Events)
            {
                EventHash.Compute(read, digest);
            }

            hashing = Least(hashing, start);
            hashBytes = GC.GetAllocatedBytesForCurrentThread() - before;
            wanted = 0;
            start = Stopwatch.GetTimestamp();
            foreach (var read in document.Events)
            {
                wanted += query.Matches(read) ? 1 : 0;
            }

            matching = Least(matching, start);
        }

        output.WriteLine($"{events:n0} events of {capture.Length / events:n0} bytes, best of {Rounds} rounds, one thread");
        output.WriteLine($"read and checked: {reading.TotalMicroseconds / events:n2} us and {readBytes / events:n0} bytes an event ({capture.Length / reading.TotalSeconds / 1e6:n0} MB/s)");
        output.WriteLine($"hashed: {hashing.TotalMicroseconds / events:n2} us and {hashBytes / events:n0} bytes an event");
        output.WriteLine($"asked by a query of five parameters: {matching.TotalMicroseconds / events:n3} us an event, {wanted:n0} wanted");
        return valid == events && wanted == (events + 9) / 10;
    }

    private static TimeSpan Least(TimeSpan least, long start)
    {
        var taken = Stopwatch.GetElapsedTime(start);
        return taken < least ? taken : least;
    }

    private static string Capture(int events)
    {
        var list = string.Join(',', Enumerable.Range(0, events).Select(One));
        return $$$"""{"@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld", {"ext": "https://example.com/ext/"}], "type": "EPCISDocument", "schemaVersion": "2.0", "creationDate": "2026-07-22T10:30:00Z", "epcisBody": {"eventList": [{{{list}}}]}}""";
    }

    // Every tenth event is of the transaction that the query asks for.
    private static string One(int number) => string.Create(CultureInfo.InvariantCulture, $$$"""
        {"type": "ObjectEvent", "eventTime": "2026-07-22T10:30:{{{number % 60:00}}}.116+08:00", "eventTimeZoneOffset": "+08:00", "action": "OBSERVE", "bizStep": "shipping", "disposition": "in_transit",
        "epcList": ["urn:epc:id:sgtin:4012345.011111.{{{number}}}1", "urn:epc:id:sgtin:4012345.011111.{{{number}}}2", "https://id.gs1.org/01/04012345111118/21/{{{number}}}3"],
        "readPoint": {"id": "urn:epc:id:sgln:4012345.00005.0"}, "bizLocation": {"id": "urn:epc:id:sgln:4012345.00005.12"},
        "bizTransactionList": [{"type": "po", "bizTransaction": "urn:epcglobal:cbv:bt:4012345000009:{{{(number % 10 == 0 ? 7 : 8)}}}"}],
        "sensorElementList": [{"sensorMetadata": {"time": "2026-07-22T10:05:00.000+08:00", "deviceID": "urn:epc:id:giai:4000001.111"}, "sensorReport": [{"type": "Temperature", "value": 26.1, "uom": "CEL"}, {"type": "RelativeHumidity", "value": 12.5, "uom": "P1"}]}],
        "ext:line": "A7", "ext:order": {"ext:number": "{{{number}}}", "ext:customer": "4711"}}
        """);
}
