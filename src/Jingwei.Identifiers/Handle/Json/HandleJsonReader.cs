using System.Globalization;
using System.Text.Json;
using Jingwei.Identifiers.Handle.Wire;

namespace Jingwei.Identifiers.Handle.Json;

/// <summary>Reads what <see cref="HandleJsonWriter"/> writes, and what other servers write.</summary>
public static class HandleJsonReader
{
    /// <summary>Deepest nesting. 16: a site's key takes eight.</summary>
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 16 };

    /// <summary>Reads an answer.</summary>
    /// <param name="utf8">A JSON document.</param>
    /// <param name="response">The answer.</param>
    /// <param name="problem">What is wrong, for people; null when nothing is.</param>
    public static bool TryReadResponse(ReadOnlyMemory<byte> utf8, out HandleResponse? response, out string? problem) =>
        TryRead(utf8, ReadResponse, out response, out problem);

    /// <summary>Reads a value.</summary>
    public static bool TryReadValue(ReadOnlyMemory<byte> utf8, out HandleValue? value, out string? problem) => TryRead(utf8, ReadValue, out value, out problem);

    /// <summary>Reads a list of values, or an object whose `values` is one: what is sent to create a handle.</summary>
    public static bool TryReadValues(ReadOnlyMemory<byte> utf8, out IReadOnlyList<HandleValue>? values, out string? problem) =>
        TryRead<IReadOnlyList<HandleValue>>(utf8, ReadValues, out values, out problem);

    private static bool TryRead<T>(ReadOnlyMemory<byte> utf8, Func<JsonReading, JsonElement, T> read, out T? found, out string? problem)
        where T : class
    {
        found = null;
        try
        {
            using var document = JsonDocument.Parse(utf8, Options);
            var reading = new JsonReading();
            var result = read(reading, document.RootElement);
            problem = reading.Problem;
            found = problem is null ? result : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The second for text that is no UTF-8 or half a surrogate pair: it is found only when it is read.
            problem = error.Message;
        }

        return problem is null;
    }

    private static HandleResponse ReadResponse(JsonReading reading, JsonElement json)
    {
        var code = (HandleResponseCode)reading.Number(json, "responseCode", 0, 999);
        var isReferral = code is HandleResponseCode.ServiceReferral or HandleResponseCode.PrefixReferral;
        var handle = reading.Text(json, isReferral ? "referralHandle" : "handle", "");
        return new(code)
        {
            Handle = HandleName.TryParse(handle, out var name) ? name : default,
            Message = reading.Text(json, "message", ""),
            Values = ReadValues(reading, json),
        };
    }

    private static List<HandleValue> ReadValues(JsonReading reading, JsonElement json) =>
        [.. (json.ValueKind == JsonValueKind.Array ? json.EnumerateArray() : reading.Elements(json, "values")).Select(each => ReadValue(reading, each))];

    private static HandleValue ReadValue(JsonReading reading, JsonElement json) => new()
    {
        Index = reading.Number(json, "index", 0, int.MaxValue),
        Type = reading.Text(json, "type"),
        Data = reading.Find(json, "data") is { } data ? HandleDataJson.Read(reading, data) : Missing(reading, "data"),
        Permissions = ReadPermissions(reading, json),
        Ttl = ReadTtl(reading, json),
        Timestamp = reading.Find(json, "timestamp") is null ? 0 : ReadTime(reading, reading.Text(json, "timestamp")),
        References = [.. reading.Elements(json, "references").Select(each => HandleDataJson.ReadReference(reading, each))],
    };

    private static byte[] Missing(JsonReading reading, string name)
    {
        reading.Fail($"{name} is missing.");
        return [];
    }

    // Four digits: administrators read, write, the public reads, writes; `*` for all. Fewer digits leave the first as they usually are.
    private static HandlePermissions ReadPermissions(JsonReading reading, JsonElement json)
    {
        var text = reading.Text(json, "permissions", "1110");
        if (text == "*")
        {
            return HandlePermissions.Usual | HandlePermissions.PublicWrite;
        }

        if (text.Length is 0 or > 4 || text.AsSpan().IndexOfAnyExcept('0', '1') >= 0)
        {
            reading.Fail("permissions is not of up to four digits 0 and 1.");
            return HandlePermissions.Usual;
        }

        var digits = "1110"[..(4 - text.Length)] + text;
        return (HandlePermissions)digits.Aggregate(0, (bits, digit) => (bits << 1) | (digit - '0'));
    }

    private static HandleTtl ReadTtl(JsonReading reading, JsonElement json)
    {
        switch (reading.Find(json, "ttl"))
        {
            case null:
                return HandleTtl.Day;
            case { ValueKind: JsonValueKind.String } absolute:
                return new(true, ReadTime(reading, absolute.GetString()!));
            default:
                return new(false, (uint)reading.Number(json, "ttl", 0, int.MaxValue));
        }
    }

    private static uint ReadTime(JsonReading reading, string text)
    {
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            && time.ToUnixTimeSeconds() is var seconds and >= 0 and <= uint.MaxValue)
        {
            return (uint)seconds;
        }

        reading.Fail($"'{text}' is no time.");
        return 0;
    }
}
