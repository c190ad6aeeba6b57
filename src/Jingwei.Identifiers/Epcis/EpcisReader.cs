using System.Text.Json;
using Jingwei.Identifiers.Epcis.Reading;

namespace Jingwei.Identifiers.Epcis;

/// <summary>Reads documents and events of EPCIS 2.0 from JSON, and checks them as its JSON schema and clause 7 want them. Nothing that is sent makes it throw.</summary>
public static class EpcisReader
{
    /// <summary>Reads a document, a query document, an event by itself, or an array of events. The bytes are not copied: they have to stay as they are for as long as the document is used.</summary>
    /// <param name="utf8">JSON in UTF-8, with or without a byte order mark.</param>
    /// <param name="limits">What it may cost; <see cref="EpcisLimits.Default"/> where none are given.</param>
    public static EpcisDocument ReadJson(ReadOnlyMemory<byte> utf8, EpcisLimits? limits = null) => ReadJson(utf8, limits ?? EpcisLimits.Default, EpcisContext.Standard, []);

    internal static EpcisDocument ReadJson(ReadOnlyMemory<byte> utf8, EpcisLimits limits, EpcisContext context, IReadOnlyList<EpcisProblem> before)
    {
        var scope = new ReadingScope(limits) { Context = context, WantsUnique = context.BindsValues };
        if (utf8.Span.StartsWith("\uFEFF"u8))
        {
            utf8 = utf8[3..];
        }

        var json = Parse(scope, utf8);
        var document = new EpcisDocument(json) { Context = context };
        if (json is not null)
        {
            scope.Document(document, json.RootElement);
        }

        if (before.Count > 0)
        {
            document.Events = [.. document.Events.Where(read => before.All(problem => problem.EventIndex != read.Index))];
        }

        document.Problems = [.. before, .. scope.Problems];
        document.HasMoreProblems = scope.ProblemCount > scope.Problems.Count;
        return document;
    }

    private static JsonDocument? Parse(ReadingScope scope, ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length > scope.Limits.Bytes)
        {
            scope.Report(EpcisProblemCode.TooLarge, null, $"It has {utf8.Length} bytes; {scope.Limits.Bytes} are allowed.");
            return null;
        }

        if (!Utf8Json.IsReadable(utf8.Span))
        {
            scope.Report(EpcisProblemCode.NotJson, null, "It is not UTF-8, or has half of a pair of surrogates.");
            return null;
        }

        try
        {
            var json = JsonDocument.Parse(utf8, new() { MaxDepth = scope.Limits.Depth });
            return DuplicateNames.AreIn(json.RootElement) ? WithLastValues(json, scope.Limits) : json;
        }
        catch (JsonException fault)
        {
            scope.Report(EpcisProblemCode.NotJson, null, fault.Message);
            return null;
        }
    }

    // A name that stands twice in an object counts once, with its last value, as most parsers have it; a published example needs that.
    // The document is written anew without the earlier values, so that nothing reads it otherwise later.
    private static JsonDocument WithLastValues(JsonDocument json, EpcisLimits limits)
    {
        using (json)
        {
            return JsonDocument.Parse(LastValues.Of(json.RootElement), new() { MaxDepth = limits.Depth });
        }
    }
}
