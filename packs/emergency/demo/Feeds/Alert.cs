using System.Globalization;
using System.Text;
using System.Xml;
using Jingwei.Demo.Emergency.Simulation;

namespace Jingwei.Demo.Emergency.Feeds;

/// <summary>A warning of a weather bureau as a CAP 1.2 alert.</summary>
/// <param name="Replaces">The one before; null for the first.</param>
internal sealed record Alert(string Identifier, Place Bureau, Bulletin Bulletin, IReadOnlyList<Place> Areas, DateTimeOffset Sent, DateTimeOffset Expires, Alert? Replaces)
{
    private const string Cap = "urn:oasis:names:tc:emergency:cap:1.2";

    // As the China Meteorological Administration signs warnings, beside CAP's severities.
    private static readonly Dictionary<string, (string Word, string Severity)> Colours = new()
    {
        ["blue"] = ("蓝色", "Minor"),
        ["yellow"] = ("黄色", "Moderate"),
        ["orange"] = ("橙色", "Severe"),
        ["red"] = ("红色", "Extreme"),
    };

    public string SenderName => $"{Bureau.Name}气象台（模拟）";

    public string Headline => Bulletin.IsCancel
        ? $"{SenderName}解除{Bulletin.Event}预警"
        : $"{SenderName}发布{Bulletin.Event}{Colours[Bulletin.Colour].Word}预警";

    private string Sender => $"weather.{Bureau.Word}.example";

    public byte[] ToXml()
    {
        using var document = new MemoryStream();
        using (var writer = XmlWriter.Create(document, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true }))
        {
            writer.WriteStartElement("alert", Cap);
            writer.WriteElementString("identifier", Identifier);
            writer.WriteElementString("sender", Sender);
            writer.WriteElementString("sent", Time(Sent));
            writer.WriteElementString("status", "Actual");
            writer.WriteElementString("msgType", Bulletin.IsCancel ? "Cancel" : Replaces is null ? "Alert" : "Update");
            writer.WriteElementString("scope", "Public");
            writer.WriteElementString("note", "模拟数据，不是真实预警");
            if (Replaces is { } before)
            {
                writer.WriteElementString("references", $"{before.Sender},{before.Identifier},{Time(before.Sent)}");
            }

            Info(writer);
            writer.WriteEndElement();
        }

        return document.ToArray();
    }

    private void Info(XmlWriter writer)
    {
        writer.WriteStartElement("info");
        writer.WriteElementString("language", "zh-CN");
        writer.WriteElementString("category", "Met");
        writer.WriteElementString("event", Bulletin.Event);
        writer.WriteElementString("urgency", "Expected");
        writer.WriteElementString("severity", Bulletin.IsCancel ? "Minor" : Colours[Bulletin.Colour].Severity);
        writer.WriteElementString("certainty", "Likely");
        writer.WriteElementString("expires", Time(Expires));
        writer.WriteElementString("senderName", SenderName);
        writer.WriteElementString("headline", Headline);
        writer.WriteElementString("description", Bulletin.Text);
        foreach (var area in Areas)
        {
            writer.WriteStartElement("area");
            writer.WriteElementString("areaDesc", area.Name);
            writer.WriteStartElement("geocode");
            writer.WriteElementString("valueName", "GB/T 2260");
            writer.WriteElementString("value", area.Code);
            writer.WriteEndElement();
            writer.WriteEndElement();
        }

        writer.WriteEndElement();
    }

    // CAP 1.2, 3.3.2: to the second, with an offset and never a Z.
    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
