using System.Globalization;
using System.Text;
using System.Xml;
using Jingwei.Demo.Emergency.Telling;

namespace Jingwei.Demo.Emergency.Feeds;

/// <summary>What a newsroom has published: its newest articles as a feed, and each as a page.</summary>
internal sealed class Press(string id, string name)
{
    // As many as feeds of newspapers have.
    private const int Shown = 30;

    private static readonly XmlWriterSettings Xml = new() { Encoding = new UTF8Encoding(false), Indent = true };

    private readonly Lock gate = new();
    private readonly List<Utterance> articles = [];

    public string Id => id;

    public string Name => name;

    /// <summary>Changes with every article: the feed's entity tag.</summary>
    public int Version
    {
        get
        {
            lock (gate)
            {
                return articles.Count;
            }
        }
    }

    public void Add(Utterance article)
    {
        lock (gate)
        {
            articles.Add(article);
        }
    }

    /// <summary>An article's text by its number; null when there is none.</summary>
    public string? Article(int number)
    {
        lock (gate)
        {
            return number > 0 && number <= articles.Count ? $"{articles[number - 1].Title}\n\n{articles[number - 1].Text}\n\n（模拟报道）" : null;
        }
    }

    /// <summary>The feed as Atom (RFC 4287).</summary>
    public byte[] Atom(string root) => Write(writer =>
    {
        writer.WriteStartElement("feed", "http://www.w3.org/2005/Atom");
        writer.WriteElementString("id", $"tag:jingwei.demo,2026:{id}");
        writer.WriteElementString("title", name);
        writer.WriteElementString("updated", Newest() is [var (_, first), ..] ? Rfc3339(first.At) : "2026-01-01T00:00:00Z");
        foreach (var (number, article) in Newest())
        {
            writer.WriteStartElement("entry");
            writer.WriteElementString("id", $"tag:jingwei.demo,2026:{article.External}");
            writer.WriteElementString("title", article.Title);
            writer.WriteElementString("updated", Rfc3339(article.At));
            writer.WriteElementString("published", Rfc3339(article.At));
            writer.WriteStartElement("author");
            writer.WriteElementString("name", name);
            writer.WriteEndElement();
            writer.WriteStartElement("link");
            writer.WriteAttributeString("href", Link(root, number));
            writer.WriteEndElement();
            writer.WriteElementString("content", article.Text);
            writer.WriteEndElement();
        }

        writer.WriteEndElement();
    });

    /// <summary>The feed as RSS 2.0.</summary>
    public byte[] Rss(string root) => Write(writer =>
    {
        writer.WriteStartElement("rss");
        writer.WriteAttributeString("version", "2.0");
        writer.WriteStartElement("channel");
        writer.WriteElementString("title", name);
        writer.WriteElementString("link", root);
        writer.WriteElementString("description", $"{name}：路况与突发");
        foreach (var (number, article) in Newest())
        {
            writer.WriteStartElement("item");
            writer.WriteElementString("title", article.Title);
            writer.WriteElementString("link", Link(root, number));
            writer.WriteStartElement("guid");
            writer.WriteAttributeString("isPermaLink", "false");
            writer.WriteString(article.External);
            writer.WriteEndElement();
            writer.WriteElementString("pubDate", article.At.ToUniversalTime().ToString("r", CultureInfo.InvariantCulture));
            writer.WriteElementString("description", article.Text);
            writer.WriteEndElement();
        }

        writer.WriteEndElement();
        writer.WriteEndElement();
    });

    private List<(int Number, Utterance Article)> Newest()
    {
        lock (gate)
        {
            return [.. articles.Select((article, index) => (index + 1, article)).Reverse().Take(Shown)];
        }
    }

    private string Link(string root, int number) => string.Create(CultureInfo.InvariantCulture, $"{root}/{id}/{number}");

    private static string Rfc3339(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static byte[] Write(Action<XmlWriter> body)
    {
        using var document = new MemoryStream();
        using (var writer = XmlWriter.Create(document, Xml))
        {
            body(writer);
        }

        return document.ToArray();
    }
}
