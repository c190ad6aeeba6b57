using System.Collections.Frozen;
using System.Text.Json;

namespace Jingwei.Identifiers.Gs1.Epc;

/// <summary>
/// How long GS1 Company Prefixes are, by what keys begin with: the GCP length table that GS1 publishes (`gcpprefixformatlist.json`). A key does not say it
/// by itself, and an EPC URI cannot be written without it (Tag Data Standard 2.x, 7.1).
/// </summary>
public sealed class CompanyPrefixTable
{
    /// <summary>Longest table in bytes. Default 64 MiB, thirty times the published one.</summary>
    public const int MostBytes = 64 << 20;

    private readonly FrozenDictionary<string, int> lengths;
    private readonly int longest;

    // Digits of the longest key that has its company prefix in front.
    private const int LongestStart = 14;

    private CompanyPrefixTable(Dictionary<string, int> lengths)
    {
        this.lengths = lengths.ToFrozenDictionary(StringComparer.Ordinal);
        longest = lengths.Keys.Max(start => start.Length);
    }

    /// <summary>Reads a table in JSON: `{"GCPPrefixFormatList": {"entry": [{"prefix": "952", "gcpLength": 7}]}}`.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static CompanyPrefixTable Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json.StartsWith("\uFEFF"u8) ? json[3..] : json);
        try
        {
            using var document = JsonDocument.ParseValue(ref reader);
            var lengths = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var entry in document.RootElement.GetProperty("GCPPrefixFormatList"u8).GetProperty("entry"u8).EnumerateArray())
            {
                var start = entry.GetProperty("prefix"u8).GetString() ?? "";
                var length = entry.GetProperty("gcpLength"u8).GetInt32();
                if (start.Length is 0 or > LongestStart || start.AsSpan().ContainsAnyExceptInRange('0', '9') || length is < 0 or > EpcUri.LongestCompanyPrefix)
                {
                    throw new FormatException($"\"{start}\" with the length {length} is no entry of a table of company prefixes.");
                }

                lengths[start] = length;
            }

            return lengths.Count > 0 ? new(lengths) : throw new FormatException("A table of company prefixes has entries.");
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException("A table of company prefixes is JSON with GCPPrefixFormatList, and entry in it.", fault);
        }
    }

    /// <summary>Digits of the company prefix of keys whose company part, which is what follows indicator and extension digit, begins so: that of the longest entry that fits; 0 where such keys have none, null where no entry fits.</summary>
    public int? LengthOf(ReadOnlySpan<char> digits)
    {
        var lookup = lengths.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var length = Math.Min(digits.Length, longest); length > 0; length--)
        {
            if (lookup.TryGetValue(digits[..length], out var found))
            {
                return found;
            }
        }

        return null;
    }
}
