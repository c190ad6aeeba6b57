using System.Xml.Linq;
using Jingwei.Civic.Cap;
using Jingwei.Civic.Documents;

namespace Jingwei.Civic.Feeds;

/// <summary>Entries of Atom, and what Atom asks of feeds and entries (RFC 4287, 4.1).</summary>
internal static class AtomEntry
{
    private static readonly XNamespace Atom = FeedNames.Atom;
    private static readonly string[] Required = ["id", "title", "updated"];
    private static readonly string[] InFeed = ["author", "category", "contributor", "generator", "icon", "id", "link", "logo", "rights", "subtitle", "title", "updated"];
    private static readonly string[] InEntry = ["author", "category", "content", "contributor", "id", "link", "published", "rights", "source", "summary", "title", "updated"];
    private static readonly string[] Once = ["content", "generator", "icon", "id", "logo", "published", "rights", "source", "subtitle", "summary", "title", "updated"];

    /// <param name="head">What the feed holds beside its entries.</param>
    /// <param name="root">Where to say that something lacks.</param>
    public static void CheckFeed(XElement head, XElement root, ProblemList problems)
    {
        Check(head, root, InFeed, problems);
        if (head.Element(Atom + "updated") is { } updated && FeedTime.Atom(updated.Value) is null)
        {
            problems.Error(ProblemCode.InvalidTime, updated, $"\"{CapStructureCheck.Short(updated.Value)}\" is no time of RFC 3339.");
        }
    }

    public static FeedEntry Read(XElement entry, XElement head, Uri? feedAddress, FeedReadOptions options, ProblemList problems)
    {
        Check(entry, entry, InEntry, problems);
        var address = AtomText.Base(entry, feedAddress);
        var links = entry.Elements(Atom + "link").ToList();
        var content = entry.Element(Atom + "content");
        var alert = EntryAlert.Embedded(entry, content, problems);
        var link = AtomText.Link(links, "alternate", address);
        if (content is null && link is null)
        {
            problems.Error(ProblemCode.Missing, entry, "An entry without <content> has a <link> of the relation \"alternate\".");
        }

        if (entry.Element(Atom + "author") is null && head.Element(Atom + "author") is null && entry.Element(Atom + "source")?.Element(Atom + "author") is null)
        {
            problems.Warning(ProblemCode.Missing, entry, "Neither the entry nor the feed has an <author>.");
        }

        var index = EntryAlert.Fields(entry);
        var title = AtomText.Plain(entry.Element(Atom + "title"));
        var summary = entry.Element(Atom + "summary") is { } said ? AtomText.Plain(said) : null;
        return new()
        {
            Id = EntryId.Of(entry.Element(Atom + "id")?.Value, link, entry, title, summary, problems),
            Title = title,
            Summary = summary,
            Content = IsText(content) ? AtomText.Plain(content) : null,
            Updated = Time(entry, "updated", options, problems),
            Published = Time(entry, "published", options, problems),
            Link = link,
            Author = (entry.Element(Atom + "author") ?? head.Element(Atom + "author"))?.Element(Atom + "name")?.Value.Trim(),
            Categories = [.. entry.Elements(Atom + "category").Select(category => category.Attribute("term")?.Value).OfType<string>()],
            Point = EntryPoint.Of(entry, problems),
            Alert = alert,
            AlertLink = alert is not null ? null : AlertLink(links, content, index is not null || options.LinksAreAlerts, address),
            Index = index,
        };
    }

    private static void Check(XElement holder, XElement place, string[] known, ProblemList problems)
    {
        foreach (var name in Required.Where(name => holder.Element(Atom + name) is null))
        {
            problems.Error(ProblemCode.Missing, place, $"<{place.Name.LocalName}> lacks <{name}>.");
        }

        var seen = new HashSet<string>();
        foreach (var element in holder.Elements().Where(element => element.Name.Namespace == Atom))
        {
            if (!known.Contains(element.Name.LocalName))
            {
                problems.Error(ProblemCode.UnknownElement, element, $"<{element.Name.LocalName}> is no element of <{place.Name.LocalName}>.");
            }
            else if (!seen.Add(element.Name.LocalName) && Once.Contains(element.Name.LocalName))
            {
                problems.Error(ProblemCode.Repeated, element, $"<{place.Name.LocalName}> has only one <{element.Name.LocalName}>.");
            }
        }
    }

    private static bool IsText(XElement? content) =>
        content is not null && content.Attribute("src") is null && content.Attribute("type")?.Value.ToLowerInvariant() is null or "text" or "html" or "xhtml" or "text/plain" or "text/html" or "application/xhtml+xml";

    private static DateTimeOffset? Time(XElement entry, string name, FeedReadOptions options, ProblemList problems)
    {
        if (entry.Element(Atom + name) is not { } element)
        {
            return null;
        }

        if (FeedTime.Atom(element.Value) is { } exact)
        {
            return exact;
        }

        var time = FeedTime.Any(element.Value, options.AssumedOffset);
        problems.Error(ProblemCode.InvalidTime, element, $"\"{CapStructureCheck.Short(element.Value)}\" is no time of RFC 3339{(time is null ? "" : $"; taken as {CapText.Time(time.Value)}")}.");
        return time;
    }

    // A link that says it; else, where it is an index, the only one that does not say something else.
    private static string? AlertLink(List<XElement> links, XElement? content, bool isIndex, Uri? address)
    {
        var certain = links.Find(link => FeedNames.IsAlert(link.Attribute("type")?.Value))?.Attribute("href")?.Value
            ?? (FeedNames.IsAlert(content?.Attribute("type")?.Value) ? content?.Attribute("src")?.Value : null)
            ?? (isIndex ? links.Find(link => link.Attribute("rel")?.Value is null or "alternate" or "related" && (link.Attribute("type") is not { Value: var type } || FeedNames.IsXml(type)))?.Attribute("href")?.Value : null);
        return AtomText.Resolve(certain, address);
    }
}
