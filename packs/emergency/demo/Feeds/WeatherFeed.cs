using System.Globalization;
using System.Text;
using System.Xml;

namespace Jingwei.Demo.Emergency.Feeds;

/// <summary>The alerts of the weather bureaus as an Atom index, each with its document.</summary>
internal sealed class WeatherFeed
{
    public const string Name = "气象台预警（模拟）";

    private static readonly XmlWriterSettings Xml = new() { Encoding = new UTF8Encoding(false), Indent = true };

    private readonly Lock gate = new();
    private readonly List<Alert> alerts = [];

    /// <summary>Changes with every alert: the index's entity tag.</summary>
    public int Version
    {
        get
        {
            lock (gate)
            {
                return alerts.Count;
            }
        }
    }

    public void Add(Alert alert)
    {
        lock (gate)
        {
            alerts.Add(alert);
        }
    }

    /// <summary>An alert's document; null when there is none.</summary>
    public byte[]? Document(string identifier)
    {
        lock (gate)
        {
            return alerts.Find(alert => alert.Identifier == identifier)?.ToXml();
        }
    }

    public byte[] Index(string root)
    {
        List<Alert> newest;
        lock (gate)
        {
            newest = [.. Enumerable.Reverse(alerts)];
        }

        using var document = new MemoryStream();
        using (var writer = XmlWriter.Create(document, Xml))
        {
            writer.WriteStartElement("feed", "http://www.w3.org/2005/Atom");
            writer.WriteElementString("id", "tag:jingwei.demo,2026:weather");
            writer.WriteElementString("title", Name);
            writer.WriteElementString("updated", Time(newest.Count > 0 ? newest[0].Sent : DateTimeOffset.UnixEpoch));
            newest.ForEach(alert => Entry(writer, root, alert));
            writer.WriteEndElement();
        }

        return document.ToArray();
    }

    private static void Entry(XmlWriter writer, string root, Alert alert)
    {
        writer.WriteStartElement("entry");
        writer.WriteElementString("id", $"tag:jingwei.demo,2026:{alert.Identifier}");
        writer.WriteElementString("title", alert.Headline);
        writer.WriteElementString("updated", Time(alert.Sent));
        writer.WriteStartElement("author");
        writer.WriteElementString("name", alert.SenderName);
        writer.WriteEndElement();
        writer.WriteStartElement("link");
        writer.WriteAttributeString("rel", "alternate");
        writer.WriteAttributeString("type", "application/cap+xml");
        writer.WriteAttributeString("href", $"{root}/weather/{alert.Identifier}.xml");
        writer.WriteEndElement();
        writer.WriteEndElement();
    }

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
