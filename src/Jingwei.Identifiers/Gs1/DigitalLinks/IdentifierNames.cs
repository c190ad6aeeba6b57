using System.Collections.Frozen;

namespace Jingwei.Identifiers.Gs1.DigitalLinks;

/// <summary>Names that Digital Link 1.0 and 1.1 had for identifiers in the path; the canonical form has digits.</summary>
internal static class IdentifierNames
{
    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Codes = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["sscc"] = "00",
        ["gtin"] = "01",
        ["lot"] = "10",
        ["ser"] = "21",
        ["cpv"] = "22",
        ["gdti"] = "253",
        ["glnx"] = "254",
        ["gcn"] = "255",
        ["ginc"] = "401",
        ["gsin"] = "402",
        ["gln"] = "414",
        ["payTo"] = "415",
        ["party"] = "417",
        ["grai"] = "8003",
        ["giai"] = "8004",
        ["itip"] = "8006",
        ["cpid"] = "8010",
        ["cpsn"] = "8011",
        ["gmn"] = "8013",
        ["gsrnp"] = "8017",
        ["gsrn"] = "8018",
        ["srin"] = "8019",
        ["refno"] = "8020",
    }.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    internal static string? Find(ReadOnlySpan<char> name) => Codes.TryGetValue(name, out var code) ? code : null;
}
