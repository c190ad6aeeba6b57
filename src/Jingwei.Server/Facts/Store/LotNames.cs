using System.Text.Json;
using Jingwei.Identifiers.Epcis;

namespace Jingwei.Server.Facts.Store;

/// <summary>
/// The lots of objects that have serials of their own: an event that makes them says it in their master data (CBV 2.0, 9.2, `lotNumber`), and GTIN
/// and lot number together name the class.
/// </summary>
internal static class LotNames
{
    private const string Gtin = "https://id.gs1.org/01/";
    private const int GtinDigits = 14;
    private const string Namespace = "urn:epcglobal:cbv:mda";

    /// <summary>The lots that an event says its objects are of, in canonical form; none where it says none.</summary>
    public static IEnumerable<string> Of(EpcisEvent read) => NumberOf(read) is { } number
        ? read.EpcList.Concat(read.OutputEpcList).Select(epc => Of(CanonicalIdentifier.Of(epc), number)).OfType<string>().Distinct(StringComparer.Ordinal)
        : [];

    /// <summary>The lot of an object, given its number; null where the object has no GTIN and serial.</summary>
    public static string? Of(string canonical, string number) =>
        canonical.StartsWith(Gtin, StringComparison.Ordinal) && canonical.Length > Gtin.Length + GtinDigits && canonical.AsSpan(Gtin.Length + GtinDigits).StartsWith("/21/", StringComparison.Ordinal)
            ? $"{canonical[..(Gtin.Length + GtinDigits)]}/10/{Uri.EscapeDataString(number)}"
            : null;

    /// <summary>The lot number that an event's master data have; null for none.</summary>
    public static string? NumberOf(EpcisEvent read)
    {
        if (read.Ilmd.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        foreach (var property in read.Ilmd.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.String && property.Name.EndsWith("lotNumber", StringComparison.Ordinal) &&
                read.Context.Expand(property.Name).StartsWith(Namespace, StringComparison.Ordinal))
            {
                return property.Value.GetString();
            }
        }

        return null;
    }
}
