using System.Globalization;
using System.Text;

namespace Jingwei.Load.Facts;

/// <summary>Captures of what a line of circuit boards tells: each event one board at one step, with its place, its order and what a sensor measured; some 700 bytes.</summary>
internal static class FactDocuments
{
    private static readonly string[] Steps = ["commissioning", "inspecting", "assembling", "packing", "shipping"];

    /// <summary>The event of a number: a board goes through five steps.</summary>
    public static string Board(long number) => string.Create(CultureInfo.InvariantCulture, $"https://id.gs1.org/01/09520000000011/21/{Spread((ulong)(number / Steps.Length)):x16}");

    /// <summary>An object that was made of <paramref name="middle"/> others, each made of <paramref name="leaves"/>.</summary>
    public static byte[] Lineage(string root, int middle, int leaves)
    {
        var events = new List<string> { Made(root, Enumerable.Range(0, middle).Select(each => $"{root}:{each}"), 300) };
        for (var each = 0; each < middle; each++)
        {
            var parts = Enumerable.Range(0, leaves).Select(part => $"{root}:{each}:{part}").ToList();
            events.Add(Made($"{root}:{each}", parts, 200));
            events.AddRange(parts.Select(part => $$"""{"type":"ObjectEvent","eventTime":"2025-01-01T00:01:40Z","eventTimeZoneOffset":"+08:00","epcList":["{{part}}"],"action":"ADD","bizStep":"commissioning"}"""));
        }

        return Encoding.UTF8.GetBytes(
            $$"""{"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-03-01T00:00:00Z","epcisBody":{"eventList":[ {{string.Join(',', events)}} ] } }""");
    }

    public static byte[] Document(long first, int count)
    {
        var text = new StringBuilder(count * 800);
        text.Append("""{"@context":["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],"type":"EPCISDocument","schemaVersion":"2.0","creationDate":"2026-03-01T00:00:00Z","epcisBody":{"eventList":[""");
        for (var number = first; number < first + count; number++)
        {
            text.Append(number == first ? "" : ",");
            Append(text, number);
        }

        return Encoding.UTF8.GetBytes(text.Append("]}}").ToString());
    }

    private static string Made(string epc, IEnumerable<string> inputs, int second) =>
        $$"""{"type":"TransformationEvent","eventTime":"2025-01-01T00:{{second / 60:00}}:{{second % 60:00}}Z","eventTimeZoneOffset":"+08:00","inputEPCList":["{{string.Join("\",\"", inputs)}}"],"outputEPCList":["{{epc}}"]}""";

    private static void Append(StringBuilder text, long number)
    {
        var time = DateTimeOffset.UnixEpoch.AddYears(55).AddMilliseconds(number * 97).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        text.Append(
            CultureInfo.InvariantCulture,
            $$$"""
            {"type":"ObjectEvent","eventTime":"{{{time}}}","eventTimeZoneOffset":"+08:00","epcList":["{{{Board(number)}}}"],"action":"{{{(number % Steps.Length == 0 ? "ADD" : "OBSERVE")}}}",
            "bizStep":"{{{Steps[number % Steps.Length]}}}","disposition":"in_progress","readPoint":{"id":"https://id.gs1.org/414/9520000000004/254/line-{{{number % 24}}}"},
            "bizLocation":{"id":"https://id.gs1.org/414/9520000000004"},"bizTransactionList":[{"type":"po","bizTransaction":"urn:epcglobal:cbv:bt:9520000000004:{{{number / 500}}}"}],
            "sensorElementList":[{"sensorMetadata":{"time":"{{{time}}}","deviceID":"https://id.gs1.org/8004/9520000line{{{number % 24}}}"},"sensorReport":[{"type":"Temperature","value":{{{180 + (number % 70)}}}.5,"uom":"CEL"}]}]}
            """);
    }

    // The finaliser of MurmurHash3: neighbours end up far apart.
    private static ulong Spread(ulong number)
    {
        number = (number + 1) * 0x9E37_79B9_7F4A_7C15;
        number = (number ^ (number >> 33)) * 0xFF51_AFD7_ED55_8CCD;
        number = (number ^ (number >> 33)) * 0xC4CE_B9FE_1A85_EC53;
        return number ^ (number >> 33);
    }
}
