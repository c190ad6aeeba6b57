using System.Text.Json;
using Jingwei.Identifiers.Epcis.Vocabulary;

namespace Jingwei.Identifiers.Epcis.Reading;

/// <summary>Reads the value of one field as what it should be; where it is something else that is reported, and there is no value.</summary>
internal static class FieldReading
{
    public static string? Text(this ReadingScope scope, string name, JsonElement value) => scope.Is(name, value, JsonValueKind.String) ? value.GetString() : null;

    public static string? Uri(this ReadingScope scope, string name, JsonElement value)
    {
        if (!scope.Is(name, value, JsonValueKind.String))
        {
            return null;
        }

        if (Uris.IsUri(Utf8Json.Text(value)))
        {
            return value.GetString();
        }

        scope.Report(EpcisProblemCode.InvalidUri, name, $"\"{Shown(value)}\" is no URI.");
        return null;
    }

    /// <summary>A word of a vocabulary, as its Web URI, or a URI of one's own.</summary>
    public static string? Word(this ReadingScope scope, string? name, JsonElement value, CbvVocabulary vocabulary)
    {
        if (!scope.Is(name, value, JsonValueKind.String))
        {
            return null;
        }

        var text = Utf8Json.Text(value);
        if (vocabulary.UriOf(text) is { } standard)
        {
            return standard;
        }

        if (!Uris.IsUri(text))
        {
            scope.Report(EpcisProblemCode.UnknownWord, name, $"\"{Shown(value)}\" is no {vocabulary.Name} of the CBV and no URI.");
            return null;
        }

        if (IsReserved(text, vocabulary))
        {
            scope.Report(EpcisProblemCode.UnknownWord, name, $"\"{Shown(value)}\": in JSON a {vocabulary.Name} of the standard is its bare word.");
            return null;
        }

        var written = value.GetString()!;
        var uri = vocabulary.ToUri(written);
        return ReferenceEquals(uri, written) ? scope.Expanded(name, written) : uri;
    }

    public static DateTimeOffset? Time(this ReadingScope scope, string name, JsonElement value)
    {
        if (!scope.Is(name, value, JsonValueKind.String))
        {
            return null;
        }

        if (Timestamps.TryParse(Utf8Json.Text(value), out var time))
        {
            return time;
        }

        scope.Report(EpcisProblemCode.InvalidTime, name, $"\"{Shown(value)}\" is no time with a time zone, like 2026-07-22T10:30:00.000+08:00.");
        return null;
    }

    public static double? Number(this ReadingScope scope, string name, JsonElement value)
    {
        if (!scope.Is(name, value, JsonValueKind.Number))
        {
            return null;
        }

        if (value.TryGetDouble(out var number) && double.IsFinite(number))
        {
            return number;
        }

        scope.Report(EpcisProblemCode.InvalidValue, name, "The number is greater than any that can be held.");
        return null;
    }

    public static bool? Truth(this ReadingScope scope, string name, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        scope.Report(EpcisProblemCode.WrongKind, name, "It should be true or false.");
        return null;
    }

    public static IReadOnlyList<string> UriList(this ReadingScope scope, string name, JsonElement value, bool unique) =>
        unique ? scope.Unique(name, scope.List(name, value, static (scope, member) => scope.MemberUri(member))) : scope.List(name, value, static (scope, member) => scope.MemberUri(member));

    /// <summary>Members of an array, each read by itself; a member that cannot be read is left out.</summary>
    public static IReadOnlyList<T> List<T>(this ReadingScope scope, string name, JsonElement value, Func<ReadingScope, JsonElement, T?> read)
        where T : class
    {
        if (!scope.Is(name, value, JsonValueKind.Array))
        {
            return [];
        }

        var members = new List<T>(value.GetArrayLength());
        var index = 0;
        scope.Enter(name);
        foreach (var member in value.EnumerateArray())
        {
            scope.Enter(index++);
            if (read(scope, member) is { } item)
            {
                members.Add(item);
            }

            scope.Leave();
        }

        scope.Leave();
        return members;
    }

    /// <summary>The same list, after saying which member is there twice.</summary>
    public static IReadOnlyList<string> Unique(this ReadingScope scope, string name, IReadOnlyList<string> members)
    {
        if (scope.WantsUnique && members.Count > 1)
        {
            var seen = new HashSet<string>(members.Count, StringComparer.Ordinal);
            foreach (var member in members)
            {
                if (!seen.Add(member))
                {
                    scope.Report(EpcisProblemCode.Duplicate, name, $"\"{member}\" is in the list twice.");
                }
            }
        }

        return members;
    }

    /// <summary>Whether a value is of a kind; where it is not that is reported. A name of null is the place where the reading is.</summary>
    public static bool Is(this ReadingScope scope, string? name, JsonElement value, JsonValueKind kind)
    {
        if (value.ValueKind == kind)
        {
            return true;
        }

        scope.Report(EpcisProblemCode.WrongKind, name, $"It should be {Called(kind)}, not {Called(value.ValueKind)}.");
        return false;
    }

    /// <summary>A URI that is a member of an array, at whose place the reading is.</summary>
    public static string? MemberUri(this ReadingScope scope, JsonElement member)
    {
        if (!scope.Is(null, member, JsonValueKind.String))
        {
            return null;
        }

        if (Uris.IsUri(Utf8Json.Text(member)))
        {
            return member.GetString();
        }

        scope.Report(EpcisProblemCode.InvalidUri, null, $"\"{Shown(member)}\" is no URI.");
        return null;
    }

    /// <summary>A value cut to what a message can show.</summary>
    public static string Shown(JsonElement value)
    {
        const int Longest = 100;
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        return text.Length <= Longest ? text : text[..Longest] + "...";
    }

    // The patterns that the schema of EPCIS 2.0 keeps from being a URI of one's own.
    private static bool IsReserved(ReadOnlySpan<byte> uri, CbvVocabulary vocabulary) =>
        vocabulary.UriPrefix == Cbv.WebVocabulary
            ? uri.StartsWith("https://gs1.org/voc/"u8) || uri.StartsWith("http://gs1.org/voc/"u8) || uri.StartsWith("https://www.gs1.org/voc/"u8) || uri.StartsWith("http://www.gs1.org/voc/"u8)
            : uri.StartsWith("urn:epcglobal:cbv"u8) || uri.StartsWith("https://ns.gs1.org/cbv/"u8) || uri.StartsWith("http://ns.gs1.org/cbv/"u8);

    private static string Called(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a truth value",
        _ => "null",
    };
}
