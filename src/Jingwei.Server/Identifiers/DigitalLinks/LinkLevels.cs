using System.Numerics;
using System.Text;
using Jingwei.Identifiers.Gs1;
using Jingwei.Identifiers.Gs1.DigitalLinks;
using Jingwei.Identifiers.Gs1.Resolution;
using Jingwei.Identifiers.Handle;
using Jingwei.Server.Identifiers.Resolution;
using Jingwei.Server.Identifiers.Values;

namespace Jingwei.Server.Identifiers.DigitalLinks;

/// <summary>
/// The links of a Digital Link: those of the identifiers that are named as its path, without some or all of the qualifiers, too. A value URL is
/// their default link, before the values GS1.LINK; an identifier without either leads to its page.
/// </summary>
internal sealed class LinkLevels(Resolver resolver)
{
    // The registry of link relations has it for any object (IANA; W3C POWDER); that of the vocabulary for products.
    private const string DescribedBy = "describedby";
    private const string ProductPage = "gs1:pip";
    private const string Gtin = "01";

    // What a value URL leads to is for people, as the Handle proxy takes it.
    private const string Page = "text/html";

    /// <summary>The levels that the asker may see, in any order; none where nothing is known of it.</summary>
    public IReadOnlyList<LinkLevel> Find(DigitalLink link, ResolvedPrefix prefix, string stem, Asker asker)
    {
        var levels = new List<LinkLevel>();
        foreach (var path in Paths(link))
        {
            var level = new LinkLevel { Path = path, Links = [] };
            var name = level.Anchor(prefix.Name);
            var values = resolver.ValuesOf(name, prefix, asker);
            if (values.Count > 0)
            {
                levels.Add(Fill(level, values, NodeAddress.PageOf(stem, name)));
            }
        }

        return levels;
    }

    // The key with every choice among its qualifiers, of which the standard has three at most.
    private static IEnumerable<IReadOnlyList<Gs1Element>> Paths(DigitalLink link)
    {
        var qualifiers = link.Path.Skip(1).ToList();
        return Enumerable.Range(0, 1 << qualifiers.Count)
            .OrderByDescending(chosen => BitOperations.PopCount((uint)chosen))
            .Select(chosen => (IReadOnlyList<Gs1Element>)[link.Key, .. qualifiers.Where((_, at) => (chosen & (1 << at)) != 0)]);
    }

    private static LinkLevel Fill(LinkLevel level, IReadOnlyList<HandleValue> values, string page)
    {
        var description = values.Where(value => Has(value, "DESC")).Select(TextOf).FirstOrDefault();
        var title = string.IsNullOrEmpty(description) ? new Jingwei.Identifiers.Gs1.Elements.ElementString(level.Path).ToString() : description;
        var usual = level.Path[0].Identifier == Gtin ? ProductPage : DescribedBy;
        var links = values.Where(value => Has(value, "URL")).Select(value => new Link { Type = usual, Href = TextOf(value), Title = title, MediaType = Page })
            .Where(link => new LinkLevel { Path = [], Links = [link] }.Check().Count == 0)
            .Concat(values.Where(value => Has(value, LinkValue.TypeName)).Select(value => LinkValue.LinkOf(value.Data.Span)).OfType<Link>())
            .ToList();
        return level with
        {
            Description = string.IsNullOrEmpty(description) ? null : description,
            Links = links.Count > 0 ? links : [new Link { Type = usual, Href = page, Title = title, MediaType = Page }],
        };
    }

    private static bool Has(HandleValue value, string type) => value.Type.Equals(type, StringComparison.OrdinalIgnoreCase);

    private static string TextOf(HandleValue value) => Encoding.UTF8.GetString(value.Data.Span);
}
