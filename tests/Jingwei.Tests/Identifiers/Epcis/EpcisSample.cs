using System.Text;
using Jingwei.Identifiers.Epcis;

namespace Jingwei.Tests.Identifiers.Epcis;

/// <summary>Events for tests: one that is right, with whatever is said of it changed.</summary>
internal static class EpcisSample
{
    public const string Context = """["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld", {"ext": "https://example.com/ext/"}]""";

    public const string Common = """ "eventTime": "2026-07-22T10:30:00.000+08:00", "eventTimeZoneOffset": "+08:00" """;

    /// <summary>An object event with these fields besides its type and time.</summary>
    public static string Object(string fields) => $$"""{"@context": {{Context}}, "type": "ObjectEvent", {{Common}}, {{fields}}}""";

    /// <summary>An event of a type with these fields besides its time.</summary>
    public static string Event(string type, string fields) => $$"""{"@context": {{Context}}, "type": "{{type}}", {{Common}}, {{fields}}}""";

    public static EpcisDocument Read(string json) => EpcisReader.ReadJson(Encoding.UTF8.GetBytes(json));

    /// <summary>The event, which has to be right.</summary>
    public static EpcisEvent One(string json)
    {
        var document = Read(json);
        Assert.Empty(document.Problems);
        return Assert.Single(document.Events);
    }

    /// <summary>What is wrong, as code and place.</summary>
    public static string[] Problems(string json)
    {
        using var document = Read(json);
        return [.. document.Problems.Select(problem => $"{problem.Code} {problem.Path}")];
    }
}
