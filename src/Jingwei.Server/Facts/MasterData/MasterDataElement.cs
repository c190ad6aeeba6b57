using System.Globalization;
using Jingwei.Identifiers.Epcis;

namespace Jingwei.Server.Facts.MasterData;

/// <summary>What a party says of a read point or business location.</summary>
/// <param name="Id">In canonical form.</param>
/// <param name="Attributes">By the names of the CBV: `name`, `latitude`, `city`; those of others by their full name.</param>
/// <param name="Children">What lies in it, in canonical form.</param>
/// <param name="Said">When, in microseconds since 1970.</param>
internal sealed record Place(string Id, IReadOnlyDictionary<string, string> Attributes, IReadOnlyList<string> Children, long Said)
{
    private const double MostLatitude = 90;
    private const double MostLongitude = 180;

    // The vocabularies of places (EPCIS 1.2 and 2.0, 7.1); Location is how documents for the supply of medicines write both.
    private static readonly string[] Vocabularies =
        ["urn:epcglobal:epcis:vtype:ReadPoint", "urn:epcglobal:epcis:vtype:BusinessLocation", "urn:epcglobal:epcis:vtype:Location"];

    public string? Name => Text("name");

    /// <summary>Latitude and longitude in degrees (CBV 2.0, 9); null where they are not both there and right.</summary>
    public (double Latitude, double Longitude)? Position =>
        Degrees("latitude", MostLatitude) is { } latitude && Degrees("longitude", MostLongitude) is { } longitude ? (latitude, longitude) : null;

    /// <summary>The places in the master data of a document; what it says of one place in several vocabularies is one.</summary>
    public static IReadOnlyList<Place> Of(EpcisDocument document, long said) =>
    [
        .. VocabularyElement.Of(document)
            .Where(element => Vocabularies.Contains(element.Vocabulary, StringComparer.Ordinal))
            .GroupBy(element => CanonicalIdentifier.Of(element.Id), StringComparer.Ordinal)
            .Select(told => new Place(told.Key, Together(told), [.. told.SelectMany(element => element.Children).Select(CanonicalIdentifier.Of).Distinct(StringComparer.Ordinal)], said)),
    ];

    private static Dictionary<string, string> Together(IEnumerable<VocabularyElement> told)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in told.SelectMany(element => element.Attributes))
        {
            all[name] = value;
        }

        return all;
    }

    private string? Text(string name) => Attributes.TryGetValue(name, out var text) && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    private double? Degrees(string name, double most) =>
        double.TryParse(Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && Math.Abs(value) <= most ? value : null;
}
