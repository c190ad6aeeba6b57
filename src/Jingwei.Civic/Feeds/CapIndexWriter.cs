using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Jingwei.Civic.Cap;
using Jingwei.Civic.Documents;

namespace Jingwei.Civic.Feeds;

/// <summary>Writes an index of alerts as Atom 1.0, as publishers of CAP do: each entry links to its alert and repeats what readers sort by in elements of CAP.</summary>
public static class CapIndexWriter
{
    private static readonly XNamespace Atom = FeedNames.Atom;
    private static readonly XNamespace Cap = CapSchema.V12.Namespace;

    /// <summary>Writes an index in UTF-8.</summary>
    /// <exception cref="ArgumentException">An alert breaks the standard (<see cref="CapWriter.Check"/>), or an id is no IRI; nothing was written.</exception>
    public static void Write(CapIndex index, Stream stream)
    {
        var feed = new XElement(Atom + "feed",
            new XAttribute(XNamespace.Xmlns + "cap", Cap.NamespaceName),
            new XAttribute(XNamespace.Xmlns + "georss", FeedNames.GeoRss.NamespaceName),
            Text("id", Iri(index.Id)),
            Text("title", index.Title),
            Text("updated", Time(index.Updated)),
            new XElement(Atom + "author", Text("name", index.Author)),
            index.Address is null ? null : Link("self", "application/atom+xml", index.Address),
            index.Entries.Select(entry => Entry(entry, index)));
        using var writer = XmlWriter.Create(stream, CapWriter.Settings);
        new XDocument(feed).Save(writer);
    }

    private static XElement Entry(CapIndexEntry entry, CapIndex index)
    {
        // Also where only a part of it is written: what it says there must be an alert's.
        var whole = CapWriter.Element(entry.Alert);
        var alert = entry.Alert;
        var info = alert.Infos.FirstOrDefault(info => index.Language is { } language && (info.Language ?? "en-US").StartsWith(language, StringComparison.OrdinalIgnoreCase)) ?? (alert.Infos.Count > 0 ? alert.Infos[0] : null);
        var sent = Time(alert.Sent!.Value);
        return new(Atom + "entry",
            Text("id", Iri(entry.Id)),
            Text("title", info?.Headline is { Length: > 0 } headline ? headline : info?.Event ?? $"{alert.MsgType} {alert.Identifier}"),
            Text("updated", sent),
            Text("published", sent),
            new XElement(Atom + "author", Text("name", info?.SenderName is { Length: > 0 } name ? name : alert.Sender)),
            Link("alternate", "application/cap+xml", entry.Link),
            info?.Categories.Select(category => new XElement(Atom + "category", new XAttribute("term", category))),
            info?.Description is { Length: > 0 } description ? Text("summary", Repair.Legal(description)) : null,
            entry.HoldsAlert ? new XElement(Atom + "content", new XAttribute("type", "application/cap+xml"), whole) : null,
            Fields(alert, info));
    }

    private static IEnumerable<XElement> Fields(CapAlert alert, CapInfo? info)
    {
        yield return new(Cap + "status", alert.Status);
        yield return new(Cap + "msgType", alert.MsgType);
        if (info is null)
        {
            yield break;
        }

        // Composed as in the alert itself, so that it is written in one place.
        var composed = CapComposition.Alert(alert with { Infos = [info] }).Element(Cap + "info")!;
        foreach (var name in new[] { "event", "effective", "expires", "category", "urgency", "severity", "certainty" })
        {
            foreach (var element in composed.Elements(Cap + name))
            {
                yield return element;
            }
        }

        if (info.Areas.Count > 0)
        {
            yield return new(Cap + "areaDesc", string.Join("; ", info.Areas.Select(area => area.AreaDesc)));
        }

        foreach (var element in composed.Elements(Cap + "area").SelectMany(area => area.Elements().Where(element => element.Name.LocalName is "polygon" or "geocode")))
        {
            yield return element;
        }

        if (Centre(info) is { } centre)
        {
            yield return new(FeedNames.GeoRss + "point", string.Create(CultureInfo.InvariantCulture, $"{centre.Latitude:0.######} {centre.Longitude:0.######}"));
        }
    }

    // One point for maps of feeds: the middle of the first circle, or of the corners of the first outline.
    private static GeoPoint? Centre(CapInfo info) =>
        info.Areas.SelectMany(area => area.Circles).FirstOrDefault() is { } circle ? circle.Centre
        : info.Areas.SelectMany(area => area.Polygons).FirstOrDefault() is { } polygon ? new(polygon.Points.Skip(1).Average(point => point.Latitude), polygon.Points.Skip(1).Average(point => point.Longitude))
        : null;

    private static XElement Text(string name, string value) => new(Atom + name, value);

    private static XElement Link(string relation, string type, string address) => new(Atom + "link", new XAttribute("rel", relation), new XAttribute("type", type), new XAttribute("href", address));

    // RFC 3339, which Atom asks for, prefers an offset that says what is meant.
    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static string Iri(string id) => Uri.TryCreate(id, UriKind.Absolute, out var iri) && !iri.IsFile ? id : throw new ArgumentException($"\"{id}\" is no IRI.", nameof(id));
}
