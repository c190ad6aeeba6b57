using System.Text;
using System.Xml.Linq;
using Jingwei.Civic.Cap;
using Jingwei.Civic.Documents;

namespace Jingwei.Civic.Feeds;

/// <summary>What an entry holds of an alert: the alert itself, or what an index repeats of it.</summary>
internal static class EntryAlert
{
    /// <summary>The alert in the content, or beside it; also one that was written into it as text. Null when there is none.</summary>
    public static CapReading? Embedded(XElement entry, XElement? content, ProblemList problems)
    {
        if ((content?.Elements() ?? []).Concat(entry.Elements()).FirstOrDefault(element => CapSchema.For(element.Name) is not null) is { } alert)
        {
            return CapReader.Read(alert, isLenient: true, new(DocumentLimits.Alert.Problems));
        }

        if (content is null || content.HasElements || content.Value.AsSpan().TrimStart() is var text && !(text.StartsWith("<") && text.Contains("urn:oasis:names:tc:emergency:cap:1.", StringComparison.Ordinal)))
        {
            return null;
        }

        // It is UTF-16 by now, whatever it says that it was.
        var reading = CapReader.Read(Encoding.UTF8.GetBytes(text.ToString()), new() { IsLenient = true, Charset = "utf-8" });
        if (reading.Version is null)
        {
            problems.AddRange(reading.Problems);
            return null;
        }

        return reading;
    }

    /// <summary>The elements of CAP in an entry; null when there are none.</summary>
    public static CapIndexFields? Fields(XElement entry)
    {
        var own = entry.Elements().Where(element => element.Name.LocalName != "alert" && IsCap(element)).ToList();
        if (own.Count == 0)
        {
            return null;
        }

        // As an alert, of which it is some of the elements: what a value means is told in one place.
        var info = new XElement(CapSchema.V12.Namespace + "info", own.Select(element => InVersion12(element)));
        var area = new XElement(CapSchema.V12.Namespace + "area", info.Elements().Where(element => element.Name.LocalName is "areaDesc" or "polygon" or "geocode"));
        info.Add(area);
        var alert = new CapExtraction(CapSchema.V12).Alert(new XElement(CapSchema.V12.Namespace + "alert", info.Elements().Where(element => element.Name.LocalName is "status" or "msgType"), info));
        var (said, where) = (alert.Infos[0], alert.Infos[0].Areas[0]);
        return new()
        {
            Event = said.Event.Length > 0 ? said.Event : null,
            Effective = said.Effective,
            Expires = said.Expires,
            Status = alert.Status,
            MsgType = alert.MsgType,
            Categories = said.Categories,
            Urgency = said.Urgency,
            Severity = said.Severity,
            Certainty = said.Certainty,
            AreaDesc = where.AreaDesc.Length > 0 ? where.AreaDesc : null,
            Polygons = where.Polygons,
            Geocodes = where.Geocodes,
        };
    }

    private static bool IsCap(XElement element) => element.Name.Namespace == CapSchema.V12.Namespace || element.Name.Namespace == CapSchema.V11.Namespace;

    // Publishers leave the names in a code without CAP's prefix, in whatever namespace is around.
    private static XElement InVersion12(XElement element) => element.HasElements
        ? new(CapSchema.V12.Namespace + element.Name.LocalName, element.Elements().Select(InVersion12))
        : new(CapSchema.V12.Namespace + element.Name.LocalName, element.Value);
}
