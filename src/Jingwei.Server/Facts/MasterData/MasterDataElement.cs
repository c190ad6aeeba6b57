using System.Globalization;
using Jingwei.Identifiers.Epcis;
using Jingwei.Identifiers.Epcis.Vocabulary;

namespace Jingwei.Server.Facts.MasterData;

/// <summary>What a party says of something that its events name: a place, a product, another party, a word.</summary>
/// <param name="Id">In canonical form.</param>
/// <param name="IsPlace">Whether it is told of as a read point or business location. The same GLN may be told of as a party, by itself.</param>
/// <param name="Attributes">By the names of the CBV: `name`, `latitude`, `city`; those of others by their full name.</param>
/// <param name="Children">What lies in it or stands below it, in canonical form.</param>
/// <param name="Said">When, in microseconds since 1970.</param>
internal sealed record MasterDataElement(string Id, bool IsPlace, IReadOnlyDictionary<string, string> Attributes, IReadOnlyList<string> Children, long Said)
{
    private const double MostLatitude = 90;
    private const double MostLongitude = 180;

    // The vocabularies of places (EPCIS 1.2 and 2.0, 7.1); Location is how documents for the supply of medicines write both.
    private static readonly string[] Places =
        ["urn:epcglobal:epcis:vtype:ReadPoint", "urn:epcglobal:epcis:vtype:BusinessLocation", "urn:epcglobal:epcis:vtype:Location"];

    public string? Name => Text("name");

    /// <summary>Latitude and longitude in degrees (CBV 2.0, 9); null where they are not both there and right.</summary>
    public (double Latitude, double Longitude)? Position =>
        Degrees("latitude", MostLatitude) is { } latitude && Degrees("longitude", MostLongitude) is { } longitude ? (latitude, longitude) : null;

    /// <summary>The master data of a document. What it says of one place in several vocabularies is one, and so is what it says of one other thing.</summary>
    public static IReadOnlyList<MasterDataElement> Of(EpcisDocument document, long said) =>
    [
        .. VocabularyElement.Of(document)
            .GroupBy(element => (Id: IdOf(element.Id), IsPlace: Places.Contains(element.Vocabulary, StringComparer.Ordinal)))
            .Select(told => new MasterDataElement(
                told.Key.Id,
                told.Key.IsPlace,
                Together(told),
                [.. told.SelectMany(element => element.Children).Select(IdOf).Distinct(StringComparer.Ordinal)],
                said)),
    ];

    /// <summary>The canonical form of an identifier, or of a word of the CBV.</summary>
    public static string IdOf(string id) => Cbv.BizStep.WordOf(id) is not null ? Cbv.BizStep.ToUri(id) : Cbv.Disposition.WordOf(id) is not null ? Cbv.Disposition.ToUri(id) : CanonicalIdentifier.Of(id);

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
