using System.Collections.Frozen;

namespace Jingwei.Identifiers.Gs1.Compression;

/// <summary>Groups of identifiers that are written as one byte with a hexadecimal letter in it (GS1 Digital Link Standard: Compression, optimisation table).</summary>
internal static class KeySequences
{
    private static readonly (string Code, string[] Identifiers)[] All =
    [
        ("0A", ["01", "22"]), ("0B", ["01", "10"]), ("0C", ["01", "21"]), ("0D", ["01", "17"]), ("0E", ["01", "7003"]), ("0F", ["01", "30"]),
        ("1A", ["01", "10", "21", "17"]), ("1B", ["01", "15"]), ("1C", ["01", "11"]), ("1D", ["01", "16"]), ("1E", ["01", "91"]), ("1F", ["01", "10", "15"]),
        ("2A", ["01", "3100"]), ("2B", ["01", "3101"]), ("2C", ["01", "3102"]), ("2D", ["01", "3103"]), ("2E", ["01", "3104"]), ("2F", ["01", "3105"]),
        ("3A", ["01", "3200"]), ("3B", ["01", "3201"]), ("3C", ["01", "3202"]), ("3D", ["01", "3203"]), ("3E", ["01", "3204"]), ("3F", ["01", "3205"]),
        ("9A", ["8010", "8011"]), ("9B", ["8017", "8019"]), ("9C", ["8018", "8019"]), ("9D", ["414", "254"]),
        .. Enumerable.Range(0, 10).Select(i => ($"A{i}", (string[])["01", $"392{i}"])),
        .. Enumerable.Range(0, 10).Select(i => ($"C{i}", (string[])["255", $"390{i}"])),
        .. Enumerable.Range(0, 4).Select(i => ($"C{"ABCD"[i]}", (string[])["255", $"394{i}"])),
    ];

    private static readonly FrozenDictionary<string, string[]> ByCode = All.ToFrozenDictionary(pair => pair.Code, pair => pair.Identifiers, StringComparer.Ordinal);

    /// <summary>The identifiers of a code; null when it stands for none.</summary>
    internal static string[]? Find(string code) => ByCode.GetValueOrDefault(code);

    /// <summary>The code that saves the most digits of identifiers; null when no group is there as a whole.</summary>
    internal static (string Code, string[] Identifiers)? Best(IReadOnlyCollection<string> identifiers)
    {
        (string Code, string[] Identifiers)? best = null;
        foreach (var pair in All)
        {
            if (pair.Identifiers.All(identifiers.Contains) && Digits(pair.Identifiers) > (best is var (_, found) ? Digits(found) : 0))
            {
                best = pair;
            }
        }

        return best;
    }

    private static int Digits(string[] identifiers) => identifiers.Sum(identifier => identifier.Length);
}
