using System.Xml.Linq;
using Jingwei.Civic.Cap;
using Jingwei.Civic.Documents;

namespace Jingwei.Civic.Feeds;

/// <summary>Where an entry says that it is.</summary>
internal static class EntryPoint
{
    private static readonly char[] Separators = [' ', ',', '\t', '\r', '\n'];

    /// <summary>GeoRSS Simple's `latitude longitude`, GeoRSS GML's, or the two elements of W3C Basic Geo; null when there is none, with a problem when it is none on the globe.</summary>
    public static GeoPoint? Of(XElement entry, ProblemList problems)
    {
        var place = entry.Element(FeedNames.GeoRss + "point")
            ?? entry.Element(FeedNames.GeoRss + "where")?.Element(FeedNames.Gml + "Point")?.Element(FeedNames.Gml + "pos");
        var basic = entry.Element(FeedNames.Geo + "Point") ?? entry;
        string? text = place?.Value;
        if (place is null && basic.Element(FeedNames.Geo + "lat") is { } latitude && basic.Element(FeedNames.Geo + "long") is { } longitude)
        {
            (place, text) = (latitude, $"{latitude.Value.Trim()} {longitude.Value.Trim()}");
        }

        if (place is null)
        {
            return null;
        }

        var words = text!.Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        var point = words.Length == 2 ? CapText.Point($"{words[0]},{words[1]}") : null;
        if (point is null)
        {
            problems.Error(ProblemCode.InvalidPoint, place, $"\"{CapStructureCheck.Short(text)}\" is no latitude and longitude on the globe.");
        }

        return point;
    }
}
