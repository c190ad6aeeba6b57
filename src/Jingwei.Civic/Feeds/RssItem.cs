using System.Xml.Linq;
using Jingwei.Civic.Cap;
using Jingwei.Civic.Documents;

namespace Jingwei.Civic.Feeds;

/// <summary>Items of RSS, and what RSS 2.0 asks of channels and items.</summary>
internal static class RssItem
{
    private static readonly string[] OfChannel = ["title", "link", "description"];

    /// <summary>An element of RSS itself: in RSS 2.0 in no namespace, though some put one of their own around it.</summary>
    public static bool IsOwn(XName name) => name.NamespaceName.Length == 0 || name.Namespace == FeedNames.Rss1 || name.Namespace == FeedNames.Rss090
        || name.NamespaceName.StartsWith("http://backend.userland.com/", StringComparison.OrdinalIgnoreCase);

    /// <param name="head">What the channel holds beside its items.</param>
    /// <param name="root">Where to say that something lacks.</param>
    public static void CheckChannel(XElement head, XElement root, FeedKind kind, ProblemList problems)
    {
        foreach (var name in OfChannel.Where(name => !head.Elements().Any(element => element.Name.LocalName == name)))
        {
            problems.Add(new(ProblemCode.Missing, kind == FeedKind.Rss2 ? ProblemLevel.Error : ProblemLevel.Warning, $"/{root.Name.LocalName}[1]/channel[1]", $"<channel> lacks <{name}>.",
                root.Annotation<Place>()!.Line, root.Annotation<Place>()!.Column));
        }
    }

    public static FeedEntry Read(XElement item, FeedKind kind, Uri? address, FeedReadOptions options, ProblemList problems)
    {
        var guid = Own(item, "guid");
        var title = PlainText.OfHtml(Own(item, "title")?.Value ?? "");
        var description = Own(item, "description");
        var content = item.Element(FeedNames.Content + "encoded");
        var alert = EntryAlert.Embedded(item, content, problems) ?? EntryAlert.Embedded(item, description, problems);
        var summary = description is null || alert is not null ? null : PlainText.OfHtml(description.Value);
        if (title.Length == 0 && string.IsNullOrEmpty(summary) && alert is null)
        {
            problems.Error(ProblemCode.Missing, item, "An item has a <title> or a <description>.");
        }

        var permanent = guid is not null && guid.Attribute("isPermaLink")?.Value != "false" && guid.Value.Trim().StartsWith("http", StringComparison.OrdinalIgnoreCase) ? guid.Value : null;
        var link = AtomText.Resolve(Own(item, "link")?.Value is { Length: > 0 } own ? own : permanent, address) ?? AtomText.Link(item.Elements(FeedNames.Atom + "link"), "alternate", address);
        var index = EntryAlert.Fields(item);
        var published = Time(item, Own(item, "pubDate"), options, problems);
        var dated = Time(item, item.Element(FeedNames.DublinCore + "date"), options, problems);
        return new()
        {
            Id = EntryId.Of(guid?.Value ?? (kind == FeedKind.Rss1 ? item.Attribute(FeedNames.Rdf + "about")?.Value : null), link, item, title, summary, problems),
            Title = title,
            Summary = summary,
            Content = content is null || alert is not null ? null : PlainText.OfHtml(content.Value),
            Updated = Time(item, item.Element(FeedNames.Atom + "updated"), options, problems) ?? (published is null ? null : dated),
            Published = published ?? dated,
            Link = link,
            Author = (Own(item, "author") ?? item.Element(FeedNames.DublinCore + "creator"))?.Value.Trim(),
            Categories = [.. item.Elements().Where(element => (IsOwn(element.Name) && element.Name.LocalName == "category") || element.Name == FeedNames.DublinCore + "subject").Select(element => element.Value.Trim())],
            Point = EntryPoint.Of(item, problems),
            Alert = alert,
            AlertLink = alert is not null ? null : AlertLink(item, address) ?? (index is not null || options.LinksAreAlerts ? link : null),
            Index = index,
        };
    }

    private static XElement? Own(XElement item, string name) => item.Elements().FirstOrDefault(element => element.Name.LocalName == name && IsOwn(element.Name));

    private static string? AlertLink(XElement item, Uri? address) =>
        AtomText.Resolve(
            Own(item, "enclosure") is { } enclosure && FeedNames.IsAlert(enclosure.Attribute("type")?.Value) ? enclosure.Attribute("url")?.Value
            : item.Elements(FeedNames.Atom + "link").FirstOrDefault(link => FeedNames.IsAlert(link.Attribute("type")?.Value))?.Attribute("href")?.Value, address);

    // RFC 822 in RSS's own element; modules write RFC 3339.
    private static DateTimeOffset? Time(XElement item, XElement? element, FeedReadOptions options, ProblemList problems)
    {
        if (element is null)
        {
            return null;
        }

        var isOwn = IsOwn(element.Name);
        if ((isOwn ? FeedTime.Rss(element.Value) : FeedTime.Atom(element.Value)) is { } exact)
        {
            return exact;
        }

        var time = FeedTime.Any(element.Value, options.AssumedOffset);
        problems.Add(new(ProblemCode.InvalidTime, time is null ? ProblemLevel.Error : ProblemLevel.Warning, element.Path(),
            $"\"{CapStructureCheck.Short(element.Value)}\" is no time of {(isOwn ? "RFC 822" : "RFC 3339")}{(time is null ? "" : $"; taken as {CapText.Time(time.Value)}")}.",
            (element.Annotation<Place>() ?? item.Annotation<Place>()!).Line, (element.Annotation<Place>() ?? item.Annotation<Place>()!).Column));
        return time;
    }
}
