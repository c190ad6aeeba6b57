using System.Globalization;
using System.Xml.Linq;

namespace Jingwei.Civic.Cap;

/// <summary>Takes from a tree what it says of an alert, whatever else is in it. What does not fit is left out; the checks name it.</summary>
internal sealed class CapExtraction(CapSchema schema)
{
    public CapAlert Alert(XElement alert) => new()
    {
        Identifier = Text(alert, "identifier")?.Trim(CapText.Blanks) ?? "",
        Sender = Text(alert, "sender")?.Trim(CapText.Blanks) ?? "",
        Sent = Time(alert, "sent"),
        Status = Choice<CapStatus>(alert, "status"),
        MsgType = Choice<CapMsgType>(alert, "msgType"),
        Source = Text(alert, "source"),
        Scope = Choice<CapScope>(alert, "scope"),
        Restriction = Text(alert, "restriction"),
        Addresses = List(alert, "addresses"),
        Codes = [.. All(alert, "code").Select(code => code.Value)],
        Note = Text(alert, "note"),
        References = [.. CapText.References(Text(alert, "references") ?? "").OfType<CapReference>()],
        Incidents = List(alert, "incidents"),
        Infos = [.. All(alert, "info").Select(Info)],
        IsSigned = alert.Elements(CapSchema.Signature + "Signature").Any(),
    };

    private CapInfo Info(XElement info) => new()
    {
        Language = Text(info, "language")?.Trim(CapText.Blanks),
        Categories = Choices<CapCategory>(info, "category"),
        Event = Text(info, "event") ?? "",
        ResponseTypes = Choices<CapResponseType>(info, "responseType"),
        Urgency = Choice<CapUrgency>(info, "urgency"),
        Severity = Choice<CapSeverity>(info, "severity"),
        Certainty = Choice<CapCertainty>(info, "certainty"),
        Audience = Text(info, "audience"),
        EventCodes = Values(info, "eventCode"),
        Effective = Time(info, "effective"),
        Onset = Time(info, "onset"),
        Expires = Time(info, "expires"),
        SenderName = Text(info, "senderName"),
        Headline = Text(info, "headline"),
        Description = Text(info, "description"),
        Instruction = Text(info, "instruction"),
        Web = Text(info, "web")?.Trim(CapText.Blanks),
        Contact = Text(info, "contact"),
        Parameters = Values(info, "parameter"),
        Resources = [.. All(info, "resource").Select(Resource)],
        Areas = [.. All(info, "area").Select(Area)],
    };

    private CapResource Resource(XElement resource) => new()
    {
        ResourceDesc = Text(resource, "resourceDesc") ?? "",
        MimeType = Text(resource, "mimeType")?.Trim(CapText.Blanks),
        Size = long.TryParse(Text(resource, "size")?.Trim(CapText.Blanks), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var size) ? size : null,
        Uri = Text(resource, "uri")?.Trim(CapText.Blanks),
        DerefUri = Text(resource, "derefUri"),
        Digest = Text(resource, "digest")?.Trim(CapText.Blanks),
    };

    private CapArea Area(XElement area) => new()
    {
        AreaDesc = Text(area, "areaDesc") ?? "",
        Polygons = [.. All(area, "polygon").Select(polygon => CapText.Polygon(polygon.Value)).Where(polygon => polygon?.Points.Count > 0).OfType<CapPolygon>()],
        Circles = [.. All(area, "circle").Select(circle => CapText.Circle(circle.Value)).OfType<CapCircle>()],
        Geocodes = Values(area, "geocode"),
        Altitude = Number(area, "altitude"),
        Ceiling = Number(area, "ceiling"),
    };

    private IEnumerable<XElement> All(XElement parent, string name) => parent.Elements(schema.Namespace + name);

    private string? Text(XElement parent, string name) => parent.Element(schema.Namespace + name)?.Value;

    private DateTimeOffset? Time(XElement parent, string name) => CapText.AnyTime(Text(parent, name) ?? "");

    private decimal? Number(XElement parent, string name) =>
        decimal.TryParse(Text(parent, name)?.Trim(CapText.Blanks), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    private List<string> List(XElement parent, string name) => CapText.List(Text(parent, name) ?? "") ?? [];

    private T? Choice<T>(XElement parent, string name) where T : struct, Enum => parent.Element(schema.Namespace + name) is { } element ? Choice<T>(element) : null;

    private IReadOnlyList<T> Choices<T>(XElement parent, string name) where T : struct, Enum => [.. All(parent, name).Select(Choice<T>).OfType<T>()];

    // What is not written exactly so is a problem already; its meaning is plain.
    private static T? Choice<T>(XElement element) where T : struct, Enum
    {
        var text = element.Value.Trim(CapText.Blanks);
        foreach (var value in Enum.GetValues<T>())
        {
            if (string.Equals(value.ToString(), text, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return null;
    }

    private IReadOnlyList<CapValue> Values(XElement parent, string name) =>
        [.. All(parent, name).Select(pair => new CapValue(Text(pair, "valueName") ?? "", Text(pair, "value") ?? ""))];
}
