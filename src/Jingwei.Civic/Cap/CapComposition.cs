using System.Globalization;
using System.Xml.Linq;

namespace Jingwei.Civic.Cap;

/// <summary>Puts an alert into the tree that CAP 1.2 has for it, unchecked.</summary>
internal static class CapComposition
{
    private static readonly XNamespace Cap = CapSchema.V12.Namespace;

    public static XElement Alert(CapAlert alert) => new(Cap + "alert",
        Text("identifier", alert.Identifier),
        Text("sender", alert.Sender),
        Time("sent", alert.Sent),
        Choice("status", alert.Status),
        Choice("msgType", alert.MsgType),
        Text("source", alert.Source),
        Choice("scope", alert.Scope),
        Text("restriction", alert.Restriction),
        alert.Addresses.Count > 0 ? Text("addresses", CapText.List(alert.Addresses)) : null,
        alert.Codes.Select(code => Text("code", code)),
        Text("note", alert.Note),
        alert.References.Count > 0 ? Text("references", string.Join(' ', alert.References.Select(CapText.Reference))) : null,
        alert.Incidents.Count > 0 ? Text("incidents", CapText.List(alert.Incidents)) : null,
        alert.Infos.Select(Info));

    private static XElement Info(CapInfo info) => new(Cap + "info",
        Text("language", info.Language),
        info.Categories.Select(category => Text("category", category.ToString())),
        Text("event", info.Event),
        info.ResponseTypes.Select(response => Text("responseType", response.ToString())),
        Choice("urgency", info.Urgency),
        Choice("severity", info.Severity),
        Choice("certainty", info.Certainty),
        Text("audience", info.Audience),
        info.EventCodes.Select(code => Value("eventCode", code)),
        Time("effective", info.Effective),
        Time("onset", info.Onset),
        Time("expires", info.Expires),
        Text("senderName", info.SenderName),
        Text("headline", info.Headline),
        Text("description", info.Description),
        Text("instruction", info.Instruction),
        Text("web", info.Web),
        Text("contact", info.Contact),
        info.Parameters.Select(parameter => Value("parameter", parameter)),
        info.Resources.Select(Resource),
        info.Areas.Select(Area));

    private static XElement Resource(CapResource resource) => new(Cap + "resource",
        Text("resourceDesc", resource.ResourceDesc),
        Text("mimeType", resource.MimeType),
        Text("size", resource.Size?.ToString(CultureInfo.InvariantCulture)),
        Text("uri", resource.Uri),
        Text("derefUri", resource.DerefUri),
        Text("digest", resource.Digest));

    private static XElement Area(CapArea area) => new(Cap + "area",
        Text("areaDesc", area.AreaDesc),
        area.Polygons.Select(polygon => Text("polygon", CapText.Polygon(polygon))),
        area.Circles.Select(circle => Text("circle", CapText.Circle(circle))),
        area.Geocodes.Select(code => Value("geocode", code)),
        Text("altitude", area.Altitude?.ToString(CultureInfo.InvariantCulture)),
        Text("ceiling", area.Ceiling?.ToString(CultureInfo.InvariantCulture)));

    private static XElement? Text(string name, string? value) => value is null ? null : new(Cap + name, value);

    private static XElement? Time(string name, DateTimeOffset? time) => time is { } value ? new(Cap + name, CapText.Time(value)) : null;

    // A member that the standard has not is written as its number, and found by the check.
    private static XElement? Choice<T>(string name, T? value) where T : struct, Enum => value is { } chosen ? new(Cap + name, chosen.ToString()) : null;

    private static XElement Value(string name, CapValue value) => new(Cap + name, new XElement(Cap + "valueName", value.ValueName), new XElement(Cap + "value", value.Value));
}
