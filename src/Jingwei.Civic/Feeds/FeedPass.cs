using System.Xml;
using System.Xml.Linq;
using Jingwei.Civic.Documents;

namespace Jingwei.Civic.Feeds;

/// <summary>One walk over a feed, an entry at a time.</summary>
internal sealed class FeedPass(string text, FeedReadOptions options) : IDisposable
{
    private readonly List<FeedEntry> entries = [];
    private readonly HashSet<string> ids = [];
    private readonly XElement head = new("head");
    private XmlTree? tree;
    private FeedKind kind;
    private Uri? address = options.Address;
    private bool isFull;

    public ProblemList Problems { get; } = new(options.Limits.Problems);

    /// <summary>It is a feed, and the walk has come to what is in it.</summary>
    public bool IsFeed => kind != FeedKind.None;

    /// <summary>Where the entry began that is being read; null between entries.</summary>
    public Place? EntryAt { get; private set; }

    /// <summary>The name of entries as it is written.</summary>
    public string EntryName { get; private set; } = "item";

    /// <exception cref="XmlException">It is not well-formed; what was read before is there.</exception>
    public void Run()
    {
        tree = new(text, options.Limits, Problems);
        while (tree.Read())
        {
            if (tree.NodeType == XmlNodeType.Element)
            {
                Root();
            }
        }
    }

    public FeedReading Reading(ProblemList problems) => new()
    {
        Kind = kind,
        Id = Text("id"),
        Title = kind == FeedKind.Atom ? AtomText.Plain(Find("title")) : PlainText.OfHtml(Text("title") ?? ""),
        Link = kind == FeedKind.Atom ? AtomText.Link(Elements("link"), "alternate", address) ?? AtomText.Link(Elements("link"), "self", address) : AtomText.Resolve(Text("link"), address),
        Updated = kind == FeedKind.Atom ? FeedTime.Any(Text("updated") ?? "", options.AssumedOffset)
            : FeedTime.Any(Text("lastBuildDate") ?? Text("pubDate") ?? Text("date") ?? "", options.AssumedOffset),
        Entries = entries,
        Problems = problems.InOrder(),
    };

    public void Dispose() => tree?.Dispose();

    private void Root()
    {
        var root = tree!.Start();
        kind = root.Name == FeedNames.Atom + "feed" ? FeedKind.Atom
            : root.Name.LocalName == "rss" ? FeedKind.Rss2
            : root.Name == FeedNames.Rdf + "RDF" ? FeedKind.Rss1 : FeedKind.None;
        if (kind == FeedKind.None)
        {
            Problems.Error(ProblemCode.OtherDocument, root, $"<{root.Name.LocalName}> in the namespace \"{root.Name.NamespaceName}\" is no feed of Atom or RSS.");
            return;
        }

        address = AtomText.Base(root, address);
        EntryName = kind == FeedKind.Atom ? string.Concat(tree.WrittenName.AsSpan(0, tree.WrittenName.Length - "feed".Length), "entry") : EntryName;
        var path = $"/{root.Name.LocalName}[1]";
        Children(path);
        if (kind == FeedKind.Atom)
        {
            AtomEntry.CheckFeed(head, root, Problems);
        }
        else if (tree.IsExhausted is false)
        {
            RssItem.CheckChannel(head, root, kind, Problems);
        }
    }

    // The children of the feed, or of the channel within it: entries by themselves, the rest kept small.
    private void Children(string path)
    {
        if (tree!.IsEmpty)
        {
            return;
        }

        var outer = tree.Depth;
        var counts = new Dictionary<XName, int>();
        while (tree.Read() && !(tree.NodeType == XmlNodeType.EndElement && tree.Depth == outer))
        {
            if (tree.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            var name = tree.Name;
            counts[name] = counts.GetValueOrDefault(name) + 1;
            var at = $"{path}/{name.LocalName}[{counts[name]}]";
            if (IsEntry(name))
            {
                Entry(at);
            }
            else if (kind != FeedKind.Atom && name.LocalName == "channel")
            {
                Children(at);
            }
            else
            {
                Keep(tree.Element(at));
            }
        }
    }

    private bool IsEntry(XName name) => kind == FeedKind.Atom ? name == FeedNames.Atom + "entry" : RssItem.IsOwn(name) && name.LocalName == "item";

    private void Entry(string path)
    {
        if (entries.Count == options.Limits.Entries)
        {
            if (!isFull)
            {
                var (line, column) = (tree!.Place.Line, tree.Place.Column);
                Problems.Error(ProblemCode.TooManyEntries, $"There are more than {options.Limits.Entries} entries; the rest is left out.", line, column);
            }

            isFull = true;
            tree!.Skip();
            return;
        }

        (EntryAt, EntryName) = (tree!.Place, tree.WrittenName);
        var element = tree.Element(path, holdsItself: false);
        EntryAt = null;
        if (tree.IsExhausted)
        {
            // Half an entry would pass for a whole one.
            return;
        }

        var problems = new ProblemList(options.Limits.Problems);
        var entry = kind == FeedKind.Atom ? AtomEntry.Read(element, head, address, options, problems) : RssItem.Read(element, kind, address, options, problems);
        if (!ids.Add(entry.Id))
        {
            problems.Warning(ProblemCode.DuplicateId, element, $"Another entry has the id {entry.Id}.");
        }

        entries.Add(entry with { Problems = problems.InOrder() });
    }

    private void Keep(XElement element)
    {
        if (kind == FeedKind.Atom ? element.Name.Namespace == FeedNames.Atom : RssItem.IsOwn(element.Name) || element.Name.Namespace == FeedNames.DublinCore)
        {
            // An alert's number of links and categories is small; a feed of nothing else is not kept.
            const int Most = 100;
            if (head.Elements().Take(Most).Count() < Most)
            {
                head.Add(element);
            }
        }
    }

    private XElement? Find(string name) => head.Elements().FirstOrDefault(element => element.Name.LocalName == name);

    private IEnumerable<XElement> Elements(string name) => head.Elements().Where(element => element.Name.LocalName == name);

    private string? Text(string name) => Find(name)?.Value.Trim();
}
